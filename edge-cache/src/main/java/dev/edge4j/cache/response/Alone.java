package dev.edge4j.cache.response;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.cache.http.CacheRules;
import dev.edge4j.cache.http.CacheStatus;
import dev.edge4j.cache.http.CacheStatus.Forward;
import dev.edge4j.cache.http.Decision;
import dev.edge4j.cache.http.StoredResponse;
import dev.edge4j.cache.http.Storing;
import dev.edge4j.http.Body;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request that goes on by itself, for nobody else waits for its answer; that is stored all the same if it may be. Confined to its request. */
final class Alone {
  private final Engine engine;
  private final Context c;
  private final Attempt attempt;
  private final String primary;
  private final Request request;
  private final Answering answering;

  /** Sends a request on. */
  @FunctionalInterface
  interface Attempt {
    Response send(Request forwarded) throws Exception;
  }

  Alone(Engine engine, Context c, Attempt attempt, String primary, Request request, Answering answering) {
    this.engine = engine;
    this.c = c;
    this.attempt = attempt;
    this.primary = primary;
    this.request = request;
    this.answering = answering;
  }

  Response run(Decision.Fetch decision, String key) throws Exception {
    Engine.Since since = engine.since();
    Instant asked = engine.now();
    Response response;
    try {
      response = engine.encodings.varied(proceed(decision));
    } catch (Exception e) {
      boolean refused = e instanceof HttpError error && error.status() < 500;
      Optional<Response> instead = refused ? Optional.empty() : instead(decision, Optional.empty());
      if (instead.isEmpty()) {
        throw e;
      }
      return instead.get();
    }
    Instant came = engine.now();
    Storing storing = engine.rules.store(asked, came, request, response);
    CacheStatus status = CacheStatus.forwarded(decision.reason()).withForwardStatus(response.status());
    if (CacheRules.isFailure(response.status())) {
      Optional<Response> instead = instead(decision, Optional.of(response.status()));
      if (instead.isPresent()) {
        return instead.get();
      }
    }
    if (request.method().equals(Method.HEAD)) {
      afterHead(asked, came, response);
    }
    return switch (storing) {
      case Storing.Store store -> kept(store, response, since, status, key);
      case Storing.Skip(var _, boolean hitForMiss) -> {
        if (hitForMiss && request.method().equals(Method.GET)) {
          engine.marks.goAlone(key);
        }
        yield answering.relay(response, status);
      }
    };
  }

  private Response proceed(Decision.Fetch decision) throws Exception {
    Request original = c.request();
    Request forwarded = engine.rules.forward(request, decision);
    c.rewrite(forwarded);
    try {
      return attempt.send(forwarded);
    } finally {
      c.rewrite(original);
    }
  }

  private Optional<Response> instead(Decision decision, Optional<Integer> failure) {
    Forward reason = ((Decision.Fetch) decision).reason();
    return answering.standIn(decision, failure).or(() -> answering.lastResort(c, reason));
  }

  private Response kept(Storing.Store store, Response response, Engine.Since since, CacheStatus status, String key) {
    boolean fresh = !store.freshness().validated() && store.freshness()
        .freshFor()
        .compareTo(store.freshness().initialAge()) > 0;
    if (fresh) {
      engine.marks.together(key);
    }
    return switch (response.body()) {
      case Body.Empty _ -> whole(store, new byte[0], response, since, status);
      case Body.Bytes(byte[] bytes) when bytes.length <= engine.settings.maxBody -> whole(store, bytes, response, since,
          status);
      case Body.Segments segments when segments.length() <= engine.settings.maxBody -> whole(store, segments.joined(),
          response, since, status);
      case Body.Stream stream when mayCopy(response, stream) -> answering.relay(response.withBody(copying(store, stream,
          since)), status.withStored(true));
      default -> answering.relay(response, status);
    };
  }

  private boolean mayCopy(Response response, Body.Stream stream) {
    String type = MediaType.essence(response.headers().first("Content-Type").orElse(""));
    return !type.equals(MediaType.EVENT_STREAM) && stream.length().orElse(0) <= engine.settings.maxBody;
  }

  private Response whole(Storing.Store store, byte[] body, Response response, Engine.Since since, CacheStatus status) {
    Engine.Kept kept = keep(store, body, since);
    return store.status() == 206 ? answering.relay(response, status.withStored(kept.stored()))
        : answering.fetched(kept.variant(), status.withStored(kept.stored()));
  }

  private Engine.Kept keep(Storing.Store store, byte[] body, Engine.Since since) {
    Engine.Kept kept = engine.keep(primary, store, body, since);
    if (kept.stored()) {
      c.waitUntil(() -> engine.save(primary, kept.variant(), since));
    }
    return kept;
  }

  /** Stores what was written, once it was all. */
  private Body copying(Storing.Store store, Body.Stream stream, Engine.Since since) {
    return new Body.Stream(out -> {
      var copy = new Copy(out, engine.settings.maxBody, engine.budget);
      try {
        stream.writer().writeTo(copy);
        boolean complete = stream.length().isEmpty() || stream.length().getAsLong() == copy.written;
        if (complete && copy.whole && !c.cancelled()) { // a writer may end early when nobody waits
          keep(store, copy.bytes.toByteArray(), since);
        }
      } finally {
        copy.drop();
      }
    }, stream.length(), stream.trailers());
  }

  @SuppressWarnings("ReferenceEquality") // what is the same was left as it is
  private void afterHead(Instant asked, Instant came, Response head) {
    engine.store.change(primary, variants -> {
      List<StoredResponse> before = variants.stream().map(Variant::stored).toList();
      List<StoredResponse> left = engine.rules.afterHead(asked, came, request, head, before);
      List<Variant> changed = new ArrayList<>();
      for (StoredResponse stored : left) {
        variants.stream()
            .filter(variant -> variant.stored().vary().equals(stored.vary()) && variant.stored()
                .variant()
                .equals(stored.variant()))
            .findFirst()
            .ifPresent(old -> changed.add(old.stored() == stored ? old : old.with(stored)));
      }
      return changed;
    });
  }

  /** Copies what is written, up to a limit, and as long as there is room for bodies that arrive. */
  private static final class Copy extends FilterOutputStream {
    private final int limit;
    private final Budget budget;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long written;
    private boolean whole = true;

    Copy(OutputStream out, int limit, Budget budget) {
      super(out);
      this.limit = limit;
      this.budget = budget;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      try {
        out.write(source, from, length);
      } catch (IOException e) {
        drop(); // its writer may swallow this, as a PrintWriter does
        throw e;
      }
      written += length;
      if (whole && written <= limit && budget.tryTake(length)) {
        bytes.write(source, from, length);
      } else {
        drop();
      }
    }

    /** Copies no more, and gives back what it has taken. */
    void drop() {
      whole = false;
      budget.giveBack(bytes.size());
      bytes = new ByteArrayOutputStream(0);
    }
  }
}
