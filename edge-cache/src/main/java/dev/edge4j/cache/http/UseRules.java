package dev.edge4j.cache.http;

import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a stored response may answer (RFC 9111 sections 4 and 5.2.1, RFC 5861). */
final class UseRules {
  private static final Decision REFUSE = new Decision.Refuse();
  private static final Decision METHOD = new Decision.Fetch(Forward.METHOD, Optional.empty());
  private static final Decision URI_MISS = new Decision.Fetch(Forward.URI_MISS, Optional.empty());
  private static final Decision VARY_MISS = new Decision.Fetch(Forward.VARY_MISS, Optional.empty());
  private static final Decision REQUEST = new Decision.Fetch(Forward.REQUEST, Optional.empty());

  private final CachePolicy policy;
  private final VariantRules variants;

  UseRules(CachePolicy policy, VariantRules variants) {
    this.policy = policy;
    this.variants = variants;
  }

  Decision decide(Instant now, Request request, List<StoredResponse> stored) {
    if (!request.method().equals(Method.GET) && !request.method().equals(Method.HEAD)) {
      return METHOD;
    }
    RequestControl asked = RequestControl.of(request.headers(), policy);
    if (asked.noStore()) {
      return asked.onlyIfCached() ? REFUSE : REQUEST;
    }
    StoredResponse best = variants.select(request, stored);
    if (best == null) {
      return asked.onlyIfCached() ? REFUSE : stored.isEmpty() ? URI_MISS : VARY_MISS;
    }
    if (!best.freshness().shareable() && request.headers().contains("Authorization")) {
      return asked.onlyIfCached() ? REFUSE : REQUEST; // the answer to this user may be another, and nothing says that it is not
    }
    long time = now.toEpochMilli();
    Use use = use(time, asked, best);
    return use != null ? new Decision.Serve(best, use) : further(time, asked, best);
  }

  /** Why it may be used as it is; null if it may not. */
  private static @Nullable Use use(long time, RequestControl asked, StoredResponse stored) {
    long past = stored.pastMillis(time);
    boolean tooOld = asked.maxAge() >= 0 && past + stored.freshMillis() > asked.maxAge();
    if (asked.noCache() || stored.freshness().validated() || tooOld) {
      return null;
    }
    if (past < 0) {
      return asked.minFresh() > -past ? null : Use.FRESH;
    }
    if (asked.minFresh() >= 0) {
      return null;
    }
    if (asked.maxAge() < 0 && past < stored.staleMillis()) {
      return Use.WHILE_REVALIDATE;
    }
    return !stored.freshness().strict() && past <= asked.maxStale() ? Use.MAX_STALE : null;
  }

  private Decision further(long time, RequestControl asked, StoredResponse stored) {
    if (asked.onlyIfCached()) {
      return REFUSE;
    }
    Forward reason = stored.pastMillis(time) >= 0 || stored.freshness().validated() ? Forward.STALE : Forward.REQUEST;
    boolean standsIn = mayStandIn(time, asked, stored);
    boolean whole = stored.status() != 206; // a part is not worth the care that combining parts takes (section 3.4)
    return whole && stored.hasValidator() ? new Decision.Validate(stored, reason, standsIn)
        : new Decision.Fetch(reason, standsIn ? Optional.of(stored) : Optional.empty());
  }

  boolean mayStandIn(long time, Request request, StoredResponse stored) {
    return mayStandIn(time, RequestControl.of(request.headers(), policy), stored);
  }

  private static boolean mayStandIn(long time, RequestControl asked, StoredResponse stored) {
    Freshness freshness = stored.freshness();
    if (asked.noCache() || asked.noStore() || freshness.validated()) {
      return false;
    }
    long past = stored.pastMillis(time);
    boolean asks = asked.staleIfError() >= 0 && past < asked.staleIfError();
    // A fresh one that is too old for the request is better than a failure: such directives are preferences (section 5.2.1).
    return past < 0 || past < stored.errorMillis() || (asks && !freshness.strict());
  }
}
