package dev.edge4j.cache.response;

import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.Freshened;
import dev.edge4j.cache.http.Storing;
import dev.edge4j.cache.shared.Stamp;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the answer to a fetch. Confined to the fetch's thread. */
final class Landing {
  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);
  /** How long one reader may hold up the others of a body that is too large to be held. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_OF_A_FAILURE = 64 * 1024;

  private final Engine engine;
  private final Fetch fetch;
  private final Engine.Since since;

  Landing(Engine engine, Fetch fetch, Engine.Since since) {
    this.engine = engine;
    this.fetch = fetch;
    this.since = since;
  }

  void run(Decision decision) throws Exception {
    Instant asked = engine.now();
    Response response = fetch.detached().answer();
    Instant came = engine.now();
    if (response.status() == 304 && decision instanceof Decision.Validate validate) {
      Optional<Freshened> freshened = engine.rules.freshen(asked, came, fetch.request, validate.stored(), response);
      if (freshened.isPresent()) {
        validated(validate, freshened.get(), response);
        return;
      }
      var whole = new Decision.Fetch(validate.reason(), validate.standIn());
      fetch.again(engine.rules.forward(fetch.request, whole));
      run(whole);
      return;
    }
    landed(decision, asked, came, engine.encodings.varied(response));
  }

  private void validated(Decision.Validate validate, Freshened freshened, Response notModified) {
    Optional<Variant> old = Optional.ofNullable(engine.store.near(fetch.primary).variant(validate.stored()));
    engine.counters.add(ResponseEvent.VALIDATED, fetch.primary);
    var fresh = new Variant(freshened.stored(), Stamp.FIRST, Stamp.FIRST); // it is not stored so
    boolean stored = false;
    if (freshened.keep() && old.isPresent()) {
      // Freshened, it has the versions of now: a soft purge before this was what it was validated for.
      Engine.Kept kept = engine.keep(fetch.primary, head(freshened), freshened.stored().body(), since);
      fresh = kept.variant();
      stored = kept.stored();
    } else {
      old.ifPresent(gone -> engine.store.replace(fetch.primary, gone, Optional.empty()));
    }
    fetch.settle(new Outcome.Validated(fresh, freshened, notModified));
    fetch.end();
    if (stored) {
      engine.save(fetch.primary, fresh, since);
    }
  }

  private static Storing.Store head(Freshened freshened) {
    var stored = freshened.stored();
    return new Storing.Store(stored.status(), stored.headers(), stored.freshness(), stored.vary(), stored.variant(),
        stored.tags(), stored.groups());
  }

  private void landed(Decision decision, Instant asked, Instant came, Response response) throws IOException {
    Storing storing = engine.rules.store(asked, came, fetch.request, response);
    boolean spared = decision.standIn().isPresent() || fetch.background || storing instanceof Storing.Skip;
    if (CacheRules.isFailure(response.status()) && spared) {
      fetch.settle(new Outcome.Failed(bytes(response), storing instanceof Storing.Store));
      return;
    }
    switch (storing) {
      case Storing.Skip(var _, boolean hitForMiss) -> unshareable(response, hitForMiss);
      case Storing.Store store -> {
        switch (response.body()) {
          case Body.Empty _ -> whole(store, new byte[0]);
          case Body.Bytes(byte[] bytes) when bytes.length <= engine.settings.maxBody -> whole(store, bytes);
          case Body.Segments segments when segments.length() <= engine.settings.maxBody -> whole(store, segments
              .joined());
          case Body.Stream stream when mayArrive(response, stream) -> arrive(store, response, stream);
          default -> unshareable(response, true);
        }
      }
    }
  }

  /** A stream of events has no end that anybody waits for. */
  private boolean mayArrive(Response response, Body.Stream stream) {
    String type = MediaType.essence(response.headers().first("Content-Type").orElse(""));
    return !type.equals(MediaType.EVENT_STREAM) && stream.length().orElse(0) <= engine.settings.maxBody;
  }

  private void unshareable(Response response, boolean hitForMiss) {
    if (hitForMiss) {
      engine.marks.goAlone(fetch.key);
    }
    fetch.hand();
    fetch.settle(new Outcome.Unshareable(response, hitForMiss));
  }

  private void whole(Storing.Store store, byte[] body) {
    Engine.Kept kept = engine.keep(fetch.primary, store, body, since);
    mark(store);
    fetch.settle(new Outcome.Whole(kept.variant(), kept.stored(), store.status()));
    fetch.end();
    if (kept.stored()) {
      engine.save(fetch.primary, kept.variant(), since);
    }
  }

  /** What has to be validated each time gives those who wait nothing. */
  private void mark(Storing.Store store) {
    boolean fresh = !store.freshness().validated() && store.freshness()
        .freshFor()
        .compareTo(store.freshness().initialAge()) > 0;
    if (fresh) {
      engine.marks.together(fetch.key);
    } else {
      engine.marks.goAlone(fetch.key);
    }
  }

  private void arrive(Storing.Store store, Response response, Body.Stream stream) {
    var filling = new Filling(engine.settings.maxBody, engine.budget, PATIENCE, this::tooLarge);
    mark(store);
    engine.marks.vary(fetch.primary, store.vary());
    fetch.arriving(filling);
    fetch.settle(new Outcome.Arriving(store, response, filling));
    Optional<byte[]> body = Optional.empty();
    try {
      body = read(filling, stream);
    } catch (IOException | RuntimeException e) {
      LOG.debug("the body of {} broke off", fetch.primary, e);
    } finally {
      filling.breakOff();
    }
    Optional<Engine.Kept> kept = body.map(bytes -> engine.keep(fetch.primary, store, bytes, since));
    fetch.landed(kept.map(Engine.Kept::variant));
    fetch.end();
    kept.filter(Engine.Kept::stored).ifPresent(done -> engine.save(fetch.primary, done.variant(), since));
  }

  private Optional<byte[]> read(Filling filling, Body.Stream stream) throws IOException {
    var out = new FillingOutput(filling);
    stream.writer().writeTo(out);
    out.flush();
    if (fetch.isAbandoned()) {
      throw new IOException("nobody waits for this body any more"); // its writer may have seen that, and ended early
    }
    if (stream.length().isPresent() && stream.length().getAsLong() != out.written()) {
      throw new IOException("a body of " + out.written() + " bytes (expected: " + stream.length().getAsLong() + ")");
    }
    fetch.trailers(stream.trailers().map(Supplier::get).orElse(Headers.empty()));
    return filling.end();
  }

  private void tooLarge() {
    engine.marks.goAlone(fetch.key);
    engine.marks.goAlone(Keys.variant(engine, fetch.primary, fetch.request));
    fetch.unregister();
    fetch.landed(Optional.empty());
  }

  /** A failure with its body, if that is small and whole. */
  private static Response bytes(Response failure) {
    return switch (failure.body()) {
      case Body.Empty _,Body.Bytes _,Body.Segments _ -> failure;
      case Body.Stream stream -> read(stream).map(failure::withBody).orElseGet(() -> bare(failure));
      case Body.File _,Body.Upgrade _ -> bare(failure);
    };
  }

  private static Optional<Body> read(Body.Stream stream) {
    var some = new Some();
    try {
      stream.writer().writeTo(some);
    } catch (IOException e) {
      LOG.debug("the body of a failure is not passed on", e);
      return Optional.empty();
    }
    boolean whole = !some.more && stream.length().orElse(some.bytes.size()) == some.bytes.size();
    return whole ? Optional.of(new Body.Bytes(some.bytes.toByteArray())) : Optional.empty();
  }

  /** What of a failure is not for one client alone. */
  static Response bare(Response failure) {
    Response told = Response.problem(failure.status(), "the origin failed");
    return failure.header("Retry-After").map(after -> told.withHeader("Retry-After", after)).orElse(told);
  }

  /** What is written, up to a limit. */
  private static final class Some extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean more;

    @Override
    public void write(int value) throws IOException {
      write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      more |= length > MOST_OF_A_FAILURE - bytes.size();
      if (more) {
        throw new IOException("more than " + MOST_OF_A_FAILURE + " bytes of a failure");
      }
      bytes.write(source, from, length);
    }
  }
}
