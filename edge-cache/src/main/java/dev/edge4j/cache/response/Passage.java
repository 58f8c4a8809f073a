package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.Detached;
import dev.edge4j.Next;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request's way through the cache, on a virtual thread: it may wait. Confined to it. */
final class Passage {
  private final Engine engine;
  private final Context c;
  private final Next next;
  private final String primary;
  /** What the client sent. */
  private final Request asked;
  /** The same as the cache and what is behind it see it. */
  private final Request request;
  private final Answering answering;
  private final Following following;
  private boolean kvRead;
  /** The fetch that this request has begun, if it has. */
  private @Nullable Fetch led;

  Passage(Engine engine, Context c, Next next, String primary) {
    this.engine = engine;
    this.c = c;
    this.next = next;
    this.primary = primary;
    this.asked = c.request();
    this.request = withoutUpgrade(engine.encodings.plain(asked));
    this.answering = new Answering(engine, primary, asked, request);
    this.following = new Following(engine, c, primary, asked, request, answering);
    this.kvRead = !engine.store.hasKv();
  }

  Response run() throws Exception {
    while (true) {
      Lookup.Found found = engine.lookup.find(primary, request, engine.now());
      switch (found.decision()) {
        case Decision.Serve(var _, Use use) -> {
          Variant variant = Objects.requireNonNull(found.variant(), "what is served is of a variant");
          if (use == Use.WHILE_REVALIDATE) {
            Refreshing.begin(engine, c, next, primary, request, variant);
          }
          return answering.hit(variant, use);
        }
        case Decision.Refuse _ when kvRead -> {
          return CacheRules.refusal();
        }
        case Decision.Refuse _ -> readKv();
        case Decision.Validate _,Decision.Fetch _ -> {
          Optional<Response> answer = goOn(found.decision());
          if (answer.isPresent()) {
            return answer.get();
          }
        }
      }
    }
  }

  private void readKv() {
    kvRead = true;
    if (engine.recall(primary, request)) {
      answering.fromKv();
    }
  }

  /** Empty: memory is to be asked again. */
  private Optional<Response> goOn(Decision decision) throws Exception {
    String key = Keys.variant(engine, primary, request);
    boolean marked = engine.marks.areAlone(key);
    boolean mayShare = engine.rules.isCollapsible(engine.rules.forward(request, decision))
        || decision instanceof Decision.Validate;
    boolean reload = Following.reason(decision) == Forward.REQUEST;
    boolean shares = request.method().equals(Method.GET) && mayShare && !reload && !request.headers()
        .contains("Authorization");
    if (shares && !following.byItself() && !marked) {
      return together(key, decision);
    }
    if (!kvRead && !reload) {
      readKv();
      return Optional.empty();
    }
    if (marked && shares) {
      engine.counters.add(ResponseEvent.HIT_FOR_MISS, primary);
    }
    engine.counters.add(ResponseEvent.MISS, primary);
    if (decision instanceof Decision.Validate) {
      var mine = new Fetch(engine, key, primary, request, false);
      mine.begin(c, next, decision, engine.since());
      return following.follow(mine, decision, true);
    }
    return Optional.of(new Alone(engine, c, attempt(), primary, request, answering).run((Decision.Fetch) decision,
        key));
  }

  /** The rest of the chain, for a request that goes on by itself; once more, if a fetch of its own was in vain. */
  private Alone.Attempt attempt() {
    Fetch before = led;
    if (before == null) {
      return _ -> next.proceed();
    }
    return forwarded -> {
      Detached again = before.detached().again(forwarded);
      c.waitUntil(again::sent);
      c.whenCancelled(again::cancel);
      return again.answer();
    };
  }

  private Optional<Response> together(String key, Decision decision) throws Exception {
    var mine = new Fetch(engine, key, primary, request, false);
    Fetch fetch = engine.fetches.joinOrLead(key, mine, Fetch::isGood);
    if (fetch != mine) {
      if (!fetch.join()) {
        return full(fetch, decision);
      }
      engine.counters.add(ResponseEvent.COLLAPSED, primary);
      return following.follow(fetch, decision, false);
    }
    boolean begun = false;
    try {
      Optional<Decision> left = afterKv(decision);
      if (left.isPresent()) {
        engine.counters.add(ResponseEvent.MISS, primary);
        Engine.Since since = engine.since();
        led = mine;
        mine.begin(c, next, left.get(), since);
        begun = true;
        return following.follow(mine, left.get(), true);
      }
      return Optional.empty();
    } finally {
      if (!begun) {
        mine.settle(new Outcome.Found());
        mine.end();
      }
    }
  }

  /** What is left to be done once the store was asked; empty if memory has an answer now. */
  private Optional<Decision> afterKv(Decision decision) {
    if (!kvRead) {
      readKv();
    }
    // Another may have landed between the look into memory and this turn.
    Decision again = engine.lookup.find(primary, request, engine.now()).decision();
    return again instanceof Decision.Serve ? Optional.empty()
        : Optional.of(again instanceof Decision.Refuse ? decision : again);
  }

  private Optional<Response> full(Fetch fetch, Decision decision) {
    if (!fetch.isGood()) {
      return Optional.empty(); // it was given up meanwhile
    }
    return Optional.of(answering.standIn(decision, Optional.empty())
        .orElseThrow(() -> new ServiceUnavailable("too many wait for the same answer", Duration.ofSeconds(1))));
  }

  /** What is fetched for all is not asked for over another protocol. */
  private static Request withoutUpgrade(Request request) {
    return request.headers().contains("Upgrade") ? request.withHeaders(request.headers()
        .without("Upgrade")
        .without("HTTP2-Settings")) : request;
  }
}
