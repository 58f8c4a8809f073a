package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a request's contexts share: the application's own, those of the applications mounted in it, and those of parts that run under
 * a deadline. Safe for use by several threads once {@link #share} has been called; each request has one, so it makes do with a monitor,
 * under which nothing is called.
 */
final class Scope {
  final TimeSource time;
  final Timings timings;
  final Client client;
  final Part whole = Part.whole();
  /** Set before any thread of the request's own starts. */
  @Nullable Ticket ticket;
  /** Most requests need none of these: each is made when something is put into it. */
  private Map<Key<?>, Object> variables = Map.of();
  private final Background background;
  private List<Background.Task> tasks = List.of();
  private List<Runnable> whenQuiet = List.of();
  private final boolean toHead;
  /** Takes early hints to the client; nothing does in process. Set before any thread of the request's own starts. */
  Consumer<Headers> hints = _ -> {};
  /** Set before any thread of the request's own starts. */
  HttpVersion version = HttpVersion.HTTP_1_1;
  final boolean warmUp;
  /** The outermost of the request's exchanges. Set before any thread of the request's own starts. */
  private @Nullable Exchange exchange;
  /** The latest error that is answered as such. */
  volatile @Nullable Throwable failure;
  /** The gate or inline handler that runs now; none while anything else does. */
  private @Nullable Object running;
  /** The same for each thread, once there may be several. */
  private @Nullable Map<Thread, Object> runningOn;
  private int threads;
  private boolean sent;
  private volatile boolean yielded;
  private List<Runnable> whenDraining = List.of();
  private boolean draining;

  Scope(Request request, TimeSource time, Background background, boolean warmUp) {
    this.warmUp = warmUp;
    this.time = time;
    this.timings = new Timings(time);
    this.client = new Client(request.peer(), request.certificate());
    this.toHead = request.method().equals(Method.HEAD);
    this.background = background;
  }

  /** Of a part that goes on by itself, with its own end and what was found out so far. What it measures shows in both. */
  private Scope(Scope from, boolean toHead) {
    this.warmUp = from.warmUp;
    this.time = from.time;
    this.timings = from.timings;
    this.client = from.client;
    this.toHead = toHead;
    this.background = from.background;
    this.hints = from.hints;
    this.version = from.version;
    this.exchange = from.exchange;
    this.variables = new ConcurrentHashMap<>(from.variables);
    Ticket bound = from.ticket;
    this.ticket = bound == null ? null : bound.another();
  }

  /** See {@link Next#detach}. */
  Scope apart(Request request) {
    return new Scope(this, request.method().equals(Method.HEAD));
  }

  /** Makes a gate or an inline handler the one that runs, on this thread, and returns the one that did. */
  @Nullable
  Object run(@Nullable Object gate) {
    Map<Thread, Object> shared = runningOn;
    if (shared != null) {
      return gate == null ? shared.remove(Thread.currentThread()) : shared.put(Thread.currentThread(), gate);
    }
    Object before = running;
    running = gate;
    return before;
  }

  @Nullable
  Object running() {
    Map<Thread, Object> shared = runningOn;
    return shared == null ? running : shared.get(Thread.currentThread());
  }

  /** Throws {@link IllegalStateException} while a gate or an inline handler runs, which must not wait for a body. */
  void checkMayReadBody() {
    switch (running()) {
      case null -> {
        // Whatever else runs may wait.
      }
      case Gate gate -> throw new IllegalStateException(gate.name()
          + " reads the request's body (expected: a gate declares bodyPrefix() and looks at c.bodyPrefix(); who needs the whole"
          + " body is a middleware or a handler)");
      default -> throw new IllegalStateException(
          "an inline handler reads the request's body (expected: a handler that is not inline, which may wait)");
    }
  }

  /**
   * Work that asks whether anybody waits must not keep the event loop, which brings the news. A virtual thread that began there leaves
   * it for good once it yields, and costs next to nothing elsewhere.
   */
  @SuppressWarnings("ThreadPriorityCheck") // not a hint to a scheduler: the thread is resumed somewhere else
  void leaveEventLoop() {
    if (!yielded && Thread.currentThread().isVirtual()) {
      yielded = true;
      Thread.yield();
    }
  }

  void begin(Exchange outermost) {
    exchange = outermost;
  }

  /** See {@link Context#routeHost}. */
  Optional<String> routeHost() {
    Exchange outermost = exchange;
    return outermost == null ? Optional.empty() : outermost.routeHost();
  }

  /** See {@link Context#route}. */
  Optional<String> route() {
    Exchange outermost = exchange;
    return outermost == null ? Optional.empty() : outermost.route();
  }

  boolean isToHead() {
    return toHead;
  }

  /** Ends the taps of bodies that nobody will write any more. What was left at a deadline ends its own. */
  void abortTaps() {
    whole.abortTaps();
  }

  @Nullable
  Object variable(Key<?> key) {
    return variables.get(key);
  }

  void setVariable(Key<?> key, Object value) {
    if (variables.isEmpty() && !(variables instanceof ConcurrentHashMap)) {
      variables = new HashMap<>(4);
    }
    variables.put(key, value);
  }

  /** Makes it safe for a second thread, which is about to start. Most requests have but one, and pay nothing for this. */
  void share() {
    if (!(variables instanceof ConcurrentHashMap)) {
      variables = new ConcurrentHashMap<>(variables);
      runningOn = new ConcurrentHashMap<>();
    }
  }

  /** Keeps a task until the response has left; one that comes later, from other such work or what a deadline left, starts at once. */
  void after(Background.Task task) {
    synchronized (this) {
      if (!sent) {
        tasks = with(tasks, task);
        return;
      }
    }
    background.start(task);
  }

  /** The response has left: starts what was kept. */
  void sent() {
    List<Background.Task> due;
    synchronized (this) {
      sent = true;
      due = tasks;
      tasks = List.of();
    }
    due.forEach(background::start);
  }

  /** A thread of the request's own is about to run. A stop of the server waits for it as for other work. */
  void began() {
    background.began();
    synchronized (this) {
      threads++;
    }
  }

  /** Such a thread has ended. */
  void ended() {
    List<Runnable> due = List.of();
    synchronized (this) {
      threads--;
      if (threads == 0) {
        due = whenQuiet;
        whenQuiet = List.of();
      }
    }
    due.forEach(Runnable::run);
    background.ended();
  }

  /** Runs this when the server begins to stop, on the thread that stops it; at once if it has begun. It must be quick. */
  void onDrain(Runnable action) {
    synchronized (this) {
      if (!draining) {
        whenDraining = with(whenDraining, action);
        return;
      }
    }
    action.run();
  }

  void drain() {
    List<Runnable> due;
    synchronized (this) {
      draining = true;
      due = whenDraining;
      whenDraining = List.of();
    }
    due.forEach(Runnable::run);
  }

  /** Runs this once no such thread runs: at once if none does. */
  void whenQuiet(Runnable action) {
    synchronized (this) {
      if (threads > 0) {
        whenQuiet = with(whenQuiet, action);
        return;
      }
    }
    action.run();
  }

  private static <T> List<T> with(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }
}
