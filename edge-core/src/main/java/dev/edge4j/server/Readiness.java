package dev.edge4j.server;

import dev.edge4j.Handler;
import dev.edge4j.http.Response;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether requests should come here, for a load balancer to ask: from the moment the server listens, warmed up, until it begins to stop.
 * Give it to the server and its handler to a route:
 * {@code app.get("/readyz", readiness.handler())}, {@code options.withLifecycle(l -> l.withReadiness(readiness))}. Several servers may
 * share one; it is ready when all that were started are, and none stops; a start that failed does not count. Safe for use by many threads.
 */
public final class Readiness {
  private static final Response READY = Response.text(200, "ready").withHeader("Cache-Control", "no-store");
  private static final Response NOT_READY = Response.text(503, "not ready").withHeader("Cache-Control", "no-store");

  private record State(int starting, int serving, boolean stopping) {}

  private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0, false));

  private Readiness() {}

  /** One that no server has said anything to yet: not ready. */
  public static Readiness create() {
    return new Readiness();
  }

  public boolean isReady() {
    State now = state.get();
    return now.serving > 0 && now.starting == 0 && !now.stopping;
  }

  /** 200 while it is ready, else 503. Inline: it needs no place among the handlers, so it answers when all of them are taken. */
  public Handler handler() {
    return Handler.inline(_ -> isReady() ? READY : NOT_READY);
  }

  /** A server has begun to start. */
  void starting() {
    state.updateAndGet(s -> new State(s.starting + 1, s.serving, s.stopping));
  }

  /** It could not start. */
  void failed() {
    state.updateAndGet(s -> new State(s.starting - 1, s.serving, s.stopping));
  }

  /** It listens, and is warm. */
  void serving() {
    state.updateAndGet(s -> new State(s.starting - 1, s.serving + 1, s.stopping));
  }

  /** It stops. */
  void stopping() {
    state.updateAndGet(s -> new State(s.starting, s.serving, true));
  }
}
