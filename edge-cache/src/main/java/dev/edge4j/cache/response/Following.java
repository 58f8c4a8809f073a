package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.GatewayTimeout;
import dev.edge4j.HttpError;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.cache.http.CacheStatus;
import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.Optional;

/** What a fetch comes to for one client who waits for it, its own or another's. Confined to the request's thread. */
final class Following {
  private final Engine engine;
  private final Context c;
  private final String primary;
  private final Request asked;
  private final Request request;
  private final Answering answering;
  private boolean byItself;

  Following(Engine engine, Context c, String primary, Request asked, Request request, Answering answering) {
    this.engine = engine;
    this.c = c;
    this.primary = primary;
    this.asked = asked;
    this.request = request;
    this.answering = answering;
  }

  /** True once it has no use to wait for others again. */
  boolean byItself() {
    return byItself;
  }

  /** Waits for it. Empty: memory is to be asked again. */
  Optional<Response> follow(Fetch fetch, Decision decision, boolean leads) throws Exception {
    var interest = new Interest(fetch);
    c.whenCancelled(interest::leave);
    Outcome outcome = new Outcome.Left();
    boolean took = false;
    try {
      outcome = interest.await(c);
      took = outcome instanceof Outcome.Unshareable;
      if (took && leads) {
        c.waitUntil(fetch.detached()::sent);
        c.whenCancelled(fetch.detached()::cancel);
      }
    } finally {
      if (leads) {
        fetch.leaderDone(took);
      }
      if (!(outcome instanceof Outcome.Arriving)) {
        interest.leave();
        if (leads) {
          fetch.takeReader().ifPresent(Filling.Reader::leave);
        }
      }
    }
    return answer(fetch, decision, leads, outcome, interest);
  }

  private Optional<Response> answer(Fetch fetch, Decision decision, boolean leads, Outcome outcome, Interest interest)
      throws Exception {
    CacheStatus status = CacheStatus.forwarded(reason(decision)).withCollapsed(!leads);
    return switch (outcome) {
      case Outcome.Found _ -> again(false);
      case Outcome.Whole(var variant, var stored, var code) -> leads || serves(variant) ? Optional.of(answering.fetched(
          variant, status.withForwardStatus(code).withStored(stored))) : retry(fetch);
      case Outcome.Validated validated -> leads || serves(validated.variant()) ? Optional.of(answering.validated(
          validated, status)) : retry(fetch);
      case Outcome.Arriving arriving -> attach(fetch, arriving, leads, status, interest);
      case Outcome.Unshareable(var response, boolean hitForMiss) -> {
        if (!leads) {
          yield again(true);
        }
        if (hitForMiss) {
          fetchedInVain(decision);
        }
        yield Optional.of(answering.relay(response, status.withForwardStatus(response.status())));
      }
      case Outcome.Failed(var response, boolean shareable) -> Optional.of(answering.standIn(decision, Optional.of(
          response
              .status()))
          .or(() -> answering.lastResort(c, reason(decision)))
          .orElseGet(() -> answering.relay(leads || shareable ? response : Landing.bare(response), status
              .withForwardStatus(response.status()))));
      case Outcome.Thrown(var error) -> thrown(decision, error, leads);
      case Outcome.Busy _ -> Optional.of(answering.standIn(decision, Optional.empty())
          .or(() -> answering.lastResort(c,
              reason(decision)))
          .orElseThrow(() -> new ServiceUnavailable("too many misses at once", Duration.ofSeconds(1))));
      case Outcome.Left _ -> Optional.of(answering.standIn(decision, Optional.empty())
          .orElseThrow(() -> new GatewayTimeout("the answer was not ready in the time allowed")));
    };
  }

  /** Its answer proved not to be storable: what was stored before is outdated. */
  private void fetchedInVain(Decision decision) {
    if (decision instanceof Decision.Validate(var stored, var _, var _)) {
      Variant gone = engine.store.near(primary).variant(stored);
      if (gone != null) {
        engine.outdated(primary, gone);
      }
    }
  }

  /** For another variant there may be a fetch to join; for this one it would be no better. */
  private Optional<Response> retry(Fetch fetch) {
    return again(Keys.variant(engine, primary, fetch.request).equals(Keys.variant(engine, primary, request)));
  }

  private Optional<Response> again(boolean alone) {
    byItself |= alone;
    return Optional.empty();
  }

  /** True if this client may have what another's request brought. */
  private boolean serves(Variant variant) {
    return answering.serves(variant.stored());
  }

  private Optional<Response> attach(Fetch fetch, Outcome.Arriving arriving, boolean leads, CacheStatus status,
      Interest interest) throws Exception {
    if (!leads && !answering.serves(arriving.head().with(new byte[0]))) {
      interest.leave();
      return retry(fetch);
    }
    Optional<Filling.Reader> own = leads ? fetch.takeReader() : Optional.empty();
    if (asked.headers().contains("Range")) {
      own.ifPresent(Filling.Reader::leave);
      Optional<Variant> whole = interest.awaitBody(c);
      return whole.isPresent() ? Optional.of(answering.fetched(whole.get(), status.withForwardStatus(arriving.head()
          .status())
          .withStored(true))) : again(true);
    }
    Optional<Filling.Reader> reader = own.or(arriving.filling()::open);
    if (reader.isEmpty()) {
      interest.leave();
      if (leads || arriving.filling().isBroken()) {
        throw new HttpError(502, "the body broke off");
      }
      return again(true);
    }
    c.whenCancelled(reader.get()::leave);
    return Optional.of(answering.arriving(fetch, arriving, reader.get(), interest, status));
  }

  private Optional<Response> thrown(Decision decision, Throwable error, boolean leads) throws Exception {
    boolean ours = error instanceof HttpError http && http.status() < 500;
    if (ours && !leads) {
      return again(true); // it may be about the other's request
    }
    if (ours) {
      throw (HttpError) error;
    }
    Optional<Response> instead = answering.standIn(decision, Optional.empty())
        .or(() -> answering.lastResort(c, reason(
            decision)));
    if (instead.isPresent()) {
      return instead;
    }
    switch (error) {
      case HttpError http -> throw http;
      case Exception exception when leads -> throw exception;
      case Error fatal when leads -> throw fatal;
      default -> throw new HttpError(500, "the request that this one waited for failed");
    }
  }

  /** Why it goes further. */
  static Forward reason(Decision decision) {
    return switch (decision) {
      case Decision.Validate(var _, Forward reason, var _) -> reason;
      case Decision.Fetch(Forward reason, var _) -> reason;
      case Decision.Serve _,Decision.Refuse _ -> Forward.MISS;
    };
  }
}
