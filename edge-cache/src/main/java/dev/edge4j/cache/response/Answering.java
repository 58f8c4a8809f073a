package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.cache.http.CacheStatus;
import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.Decision.Use;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/** What one client gets, of what is stored or came. Off the event loop: a coded form is made where there is none yet. */
final class Answering {
  private final Engine engine;
  private final String primary;
  private final Request asked;
  private final Request request;
  private String layer = "memory";

  /**
   * For one request.
   *
   * @param asked as the client sent it: its conditions, ranges and codings count
   * @param request as the cache sees it
   */
  Answering(Engine engine, String primary, Request asked, Request request) {
    this.engine = engine;
    this.primary = primary;
    this.asked = asked;
    this.request = request;
  }

  /** What is answered with from now on was found in the second layer. */
  void fromKv() {
    layer = "kv";
  }

  Response hit(Variant variant, Use use) {
    count(use);
    return engine.rules.answer(engine.now(), asked, coded(variant), use, CacheStatus.hit(Duration.ZERO)
        .withDetail(layer));
  }

  /** What this request, or one that it waited for, has brought. */
  Response fetched(Variant variant, CacheStatus status) {
    return engine.rules.answer(engine.now(), asked, coded(variant), Use.FRESH, status).withHeader("X-Cache", "MISS");
  }

  Response validated(Outcome.Validated validated, CacheStatus status) {
    Response answer = engine.rules.answerValidated(engine.now(), asked, validated.freshened(), validated.notModified(),
        status.forward().orElse(Forward.STALE));
    return status.collapsed() ? answer.withHeaders(answer.headers().without("Set-Cookie")) : answer;
  }

  Response arriving(Fetch fetch, Outcome.Arriving arriving, Filling.Reader reader, Interest interest,
      CacheStatus status) {
    var stream = (Body.Stream) arriving.response().body();
    Body body = new Body.Stream(out -> {
      try {
        reader.writeTo(out);
      } finally {
        interest.leave();
      }
    }, stream.length(), stream.trailers().map(_ -> fetch::trailers));
    Response answer = relay(arriving.response().withBody(body), status.withForwardStatus(arriving.head().status())
        .withStored(true));
    if (!(answer.body() instanceof Body.Stream)) { // its conditions were met: it wants no body
      reader.leave();
      interest.leave();
    }
    return answer;
  }

  Response relay(Response response, CacheStatus status) {
    return engine.rules.relay(engine.now(), asked, response, status);
  }

  /** What may answer instead of an origin that failed; {@code failure} is its status, if it has answered. */
  Optional<Response> standIn(Decision decision, Optional<Integer> failure) {
    Instant now = engine.now();
    return decision.standIn().filter(stored -> engine.rules.mayStandIn(now, request, stored)).map(stored -> {
      count(Use.IF_ERROR);
      var status = new CacheStatus(true, Optional.of(Forward.STALE), failure.map(OptionalInt::of)
          .orElse(OptionalInt.empty()), Optional.empty(), false, false, layer);
      Variant variant = engine.store.near(primary).variant(stored);
      StoredResponse form = variant == null ? stored : coded(variant);
      return engine.rules.answer(now, asked, form, Use.IF_ERROR, status);
    });
  }

  /** What answers if nothing else does. */
  Optional<Response> lastResort(Context c, Forward reason) {
    return engine.settings.lastResort.map(page -> {
      engine.counters.add(ResponseEvent.FALLBACK, primary);
      return page.apply(c)
          .withHeader("X-Cache", "FALLBACK")
          .withHeader("Cache-Status", CacheStatus.forwarded(reason).withDetail("fallback").toString());
    });
  }

  /** True if this client may have it, although another's request brought it. */
  boolean serves(StoredResponse stored) {
    return engine.rules.decide(engine.now(), request, List.of(stored)) instanceof Decision.Serve;
  }

  private void count(Use use) {
    engine.counters.add(use == Use.FRESH ? ResponseEvent.HIT : ResponseEvent.STALE, primary);
  }

  private StoredResponse coded(Variant variant) {
    String coding = engine.encodings.choose(asked);
    Ready ready = variant.in(coding);
    return ready == null ? made(variant.stored(), variant, coding) : ready.stored();
  }

  /** Once: it takes time, and others want the same now. */
  private StoredResponse made(StoredResponse stored, Variant known, String coding) {
    ReentrantLock turn = engine.encodings.turn(primary);
    turn.lock();
    try {
      Variant current = engine.store.near(primary).variant(stored);
      Variant variant = current == null ? known : current;
      Ready ready = variant.in(coding);
      if (ready != null) {
        return ready.stored();
      }
      StoredResponse form = engine.encodings.make(stored, coding);
      engine.store.replace(primary, variant, Optional.of(variant.with(coding, form)));
      return form;
    } finally {
      turn.unlock();
    }
  }
}
