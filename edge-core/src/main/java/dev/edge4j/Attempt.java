package dev.edge4j;

import dev.edge4j.http.Response;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rest of a chain on a virtual thread of its own, while the thread that came so far waits for it or for the deadline, whichever
 * comes first. Both settle the same future, so there is one outcome.
 *
 * <p>The two threads share no context: the inner one works on a copy, which becomes the outer one's state if it ends in time and
 * nobody's if it does not. What they do share, the {@link Scope}, is made for it.
 */
final class Attempt {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private sealed interface Outcome {
    record Answered(Response response) implements Outcome {}

    record Failed(Throwable error) implements Outcome {}

    record Late() implements Outcome {}
  }

  private final Context context;
  private final Rest.Steps steps;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Interruption interruption;
  private final Thread thread;

  private Attempt(Context context, Rest.Steps steps) {
    this.context = context;
    this.steps = steps;
    this.thread = Thread.ofVirtual().name("edge4j-deadline").unstarted(this::work);
    this.interruption = new Interruption(thread);
  }

  /** Runs the steps; throws what they throw, errors too, or {@link GatewayTimeout}. */
  static Response run(Context outer, Deadline deadline, Rest.Steps steps) throws Exception {
    outer.scope().share();
    Part part = outer.part().inside(deadline);
    var attempt = new Attempt(outer.copy(part), steps);
    TimeSource.Timer timer = deadline.whenOver(attempt::late);
    Outcome outcome;
    try {
      outcome = attempt.await();
    } finally {
      timer.cancel();
    }
    if (outcome instanceof Outcome.Late) {
      part.leave();
      throw new GatewayTimeout("the answer was not ready in the time allowed");
    }
    outer.scope().ended();
    part.inTime();
    outer.adopt(attempt.context);
    return switch (outcome) {
      case Outcome.Answered(Response response) -> response;
      case Outcome.Failed(Exception error) -> throw error;
      case Outcome.Failed(Throwable error) -> throw (Error) error;
      case Outcome.Late _ -> throw new IllegalStateException("a late one has been dealt with");
    };
  }

  private Outcome await() {
    context.scope().began();
    thread.start();
    if (context.interruptible()) {
      context.part().onCancel(interruption::fire);
    }
    while (true) {
      try {
        return outcome.get();
      } catch (InterruptedException e) {
        interruption.fire(); // who interrupts this thread means the work, which would have been on it
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody settles it so", e);
      }
    }
  }

  private void late() {
    outcome.complete(new Outcome.Late());
  }

  private void work() {
    Outcome own;
    try {
      own = new Outcome.Answered(steps.run(context));
    } catch (Throwable e) { // errors too: they are thrown where the outer thread waits
      own = new Outcome.Failed(e);
    }
    interruption.end();
    if (!outcome.complete(own)) {
      context.part().abortTaps();
      if (own instanceof Outcome.Failed(Throwable error)) {
        report(error);
      }
      context.scope().ended(); // last: who waits for it finds all of it done
    }
  }

  /** Nobody waits for this error. Most come of being left: a step not taken, a body that has ended, an interrupt. */
  private void report(Throwable error) {
    boolean isOfBeingLeft = error instanceof CancellationException || error instanceof HttpError
        || error instanceof IOException || Interruption.isBehind(error);
    if (isOfBeingLeft) {
      LOG.debug("{} {} was left at its deadline, and has stopped", context.method(), context.path(), error);
    } else {
      LOG.warn("{} {} was left at its deadline, and then failed", context.method(), context.path(), error);
    }
  }
}
