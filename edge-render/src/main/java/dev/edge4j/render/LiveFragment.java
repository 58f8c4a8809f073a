package dev.edge4j.render;

import dev.edge4j.Context;
import dev.edge4j.EventStream;
import dev.edge4j.TimeSource;
import dev.edge4j.http.Response;
import dev.edge4j.render.live.LiveChanges;
import dev.edge4j.render.live.LiveRow;
import dev.edge4j.render.live.LiveTrace;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.program.Library;
import dev.edge4j.render.script.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A block of a template that stays up to date in the browser, by server-sent events: {@code views.live(template, block)} makes one. The page
 * holds the block as it is at first, in an element that says where the events come from, and {@link #script}:
 *
 * <pre>
 * &lt;edge-live src="/stock/live"&gt;{{$figures}}&lt;p&gt;{{count}} left&lt;/p&gt;{{/figures}}&lt;/edge-live&gt;
 * </pre>
 *
 * <p>A browser that comes, or comes again, is sent all of it: the template's own text once, and the values. After that it is sent the values
 * that have changed, and nothing if none has. It changes in the page what is different and no more, so the focus and what is being typed
 * stay; elements with an {@code id} or {@code data-key} are the same elements wherever they move, one with {@code data-keep} is left alone. A
 * page that is not looked at closes its stream. Without scripts the page shows what it came with.
 *
 * <p>Immutable, safe for use by many threads. Each stream holds a virtual thread, and renders on it.
 */
public final class LiveFragment {
  /** Tells a stream of a change. */
  @FunctionalInterface
  public interface Subscription {
    /** Has {@code changed} run after each change, by any thread, until the result is closed. It does not block. */
    AutoCloseable begin(Runnable changed) throws Exception;
  }

  private final Function<Object, LiveRow> rows;

  private LiveFragment(Function<Object, LiveRow> rows) {
    this.rows = rows;
  }

  static LiveFragment of(Library library, String template, String block) {
    library.requireBlock(template, block);
    return new LiveFragment(model -> {
      var trace = new LiveTrace();
      var out = new Output();
      library.trace(template, block, model, trace, out);
      return trace.row(out);
    });
  }

  /** The element that loads what keeps fragments up to date; it needs {@code script-src 'self'} and {@code connect-src 'self'}. */
  public static SafeHtml script() {
    return new SafeHtml(Script.LIVE.element());
  }

  /**
   * The stream of events to one browser: the model is asked for at once and then in that pace, and what has changed is sent. What it throws
   * ends the stream, and the browser comes again. {@link IllegalArgumentException} unless the pace is positive.
   */
  public Response every(Context c, Duration pace, Callable<?> model) {
    return stream(c, pace, model, LiveFragment::nothing, true);
  }

  /**
   * As {@link #every}, but asks for the model when something says that it has changed, and not more often than in that pace: changes in
   * between are one.
   */
  public Response whenChanged(Context c, Duration pace, Callable<?> model, Subscription subscription) {
    return stream(c, pace, model, subscription, false);
  }

  private Response stream(Context c, Duration pace, Callable<?> model, Subscription subscription, boolean always) {
    if (pace.isNegative() || pace.isZero()) {
      throw new IllegalArgumentException("pace: " + pace + " (expected: more than nothing)");
    }
    return c.sse(events -> {
      var beat = new Beat();
      events.onEnd(beat::end);
      try (AutoCloseable _ = subscription.begin(beat.changed::release)) {
        var changes = new LiveChanges();
        while (beat.awaitChange(events)) {
          send(events, changes, model.call());
          beat.pause(c, pace);
          if (always) {
            beat.changed.release();
          }
        }
      }
    });
  }

  private static AutoCloseable nothing(Runnable changed) {
    return () -> {
      // Nobody was asked to tell.
    };
  }

  private void send(EventStream events, LiveChanges changes, Object model) throws IOException {
    Optional<String> message = changes.next(rows.apply(model));
    if (message.isPresent()) {
      events.send(message.get());
    }
  }

  /** When a stream looks at its model: after a change, and not before it has paused. The end of the stream ends either wait. */
  private static final class Beat {
    private final Semaphore changed = new Semaphore(1); // there is something to see at once
    private final Semaphore paused = new Semaphore(0);

    void end() {
      changed.release();
      paused.release();
    }

    /** False once the stream has ended. */
    boolean awaitChange(EventStream events) throws InterruptedException {
      changed.acquire();
      changed.drainPermits(); // before the model is read: a change from here on is seen next time
      return events.isOpen();
    }

    void pause(Context c, Duration pace) throws InterruptedException {
      TimeSource.Timer timer = c.time().after(pace, paused::release);
      try {
        paused.acquire();
      } finally {
        timer.cancel();
      }
    }
  }
}
