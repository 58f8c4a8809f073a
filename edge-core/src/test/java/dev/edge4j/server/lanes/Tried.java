package dev.edge4j.server.lanes;

import dev.edge4j.App;
import dev.edge4j.Pace;
import dev.edge4j.http.Request;
import io.netty.channel.EventLoop;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work of a test: its result, or what it threw, is in a future once it has been delivered on the loop. */
final class Tried<T> implements Work<T> {
  private final EventLoop loop;
  private final Callable<? extends T> task;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile Throwable failure = new IllegalStateException("delivered by another thread than the loop's");

  private Tried(EventLoop loop, Callable<? extends T> task) {
    this.loop = loop;
    this.task = task;
  }

  /** Starts a task on the loop. */
  static <T> CompletableFuture<T> start(Scheduler scheduler, EventLoop loop, Pace pace, Callable<? extends T> task) {
    var tried = new Tried<T>(loop, task);
    loop.execute(() -> scheduler.start(loop, pace, tried));
    return tried.result;
  }

  /** Starts a task from the loop, whose result, if it is there when the scheduler returns, it returns. */
  static <T> CompletableFuture<T> startHere(Scheduler scheduler, EventLoop loop, Pace pace,
      Callable<? extends T> task) {
    var tried = new Tried<T>(loop, task);
    scheduler.start(loop, pace, tried);
    return tried.result;
  }

  /** Of a route nobody knows. */
  static Pace unknownPace() {
    return new App().open(Request.get("/")).pace();
  }

  @Override
  public T run() throws Exception {
    return task.call();
  }

  @Override
  @SuppressWarnings("NullAway") // there is no result, and deliver asks for none
  public T failed(Throwable cause) {
    failure = cause;
    return null;
  }

  @Override
  public void deliver(T value) {
    if (value == null || !loop.inEventLoop()) {
      result.completeExceptionally(failure);
    } else {
      result.complete(value);
    }
  }

  @Override
  public void lost() {
    result.completeExceptionally(new Lost());
  }

  /** The loop has shut down. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
