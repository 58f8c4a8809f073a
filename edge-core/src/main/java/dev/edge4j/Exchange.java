package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through an application, in two lanes. For servers; everyone else calls {@link App#request}.
 *
 * <p>A server calls {@link #fastLane} on its event loop, and if that has no answer {@link #slowLane} on a virtual thread, once; then
 * {@link #sent} when the last byte has left (or never will). Between the lanes, {@link #bodyWanted} may ask for a part of the body
 * and the fast lane once more. Confined to one thread at a time.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final App app;
  private final Context context;
  private final Chain chain;
  private final List<Chain.Step> entered = new ArrayList<>();
  /** How many of those entered first ran in the fast lane, and so must not block in either half. */
  private int enteredFast;
  private int position;
  private int wanted;
  private Optional<Admission> admission = Optional.empty();
  private boolean admitted;
  private boolean offloaded;
  private @Nullable Exception failure;
  private @Nullable Exchange mounted;

  Exchange(App app, Request request, Scope scope) {
    this.app = app;
    this.context = new Context(app, request, scope);
    this.chain = app.dispatch().chain(request);
  }

  /** Runs what never blocks: the leading gates, and the handler if it is declared inline. Empty: the slow lane has to answer. */
  public Optional<Response> fastLane() {
    wanted = 0;
    try {
      int gates = chain.leadingGates();
      while (position < gates) {
        Chain.Step step = chain.steps().get(position);
        int prefix = ((Gate) step.middleware()).bodyPrefix();
        if (!context.hasPrefix(prefix)) {
          wanted = prefix;
          return Optional.empty();
        }
        switch (before(step, true)) {
          case Verdict.Pass _ -> position++;
          case Verdict.Answer(Response answer) -> {
            return Optional.of(finish(answer));
          }
          case Verdict.Offload _ -> {
            offloaded = true;
            return Optional.empty();
          }
        }
      }
      if (position < chain.steps().size()) {
        return Optional.empty();
      }
      if (chain.end() instanceof Chain.End.Mounted) {
        Exchange inner = mounted;
        if (inner == null) {
          inner = openMounted();
          mounted = inner;
        }
        return inner.fastLane().map(this::finish);
      }
      return chain.inline().isPresent() ? Optional.of(finish(inline(chain.inline().get()))) : Optional.empty();
    } catch (Exception e) {
      failure = e;
      return Optional.empty();
    }
  }

  /**
   * After a fast lane without an answer, how many bytes of the request's body a gate waits for: a server buffers them and calls
   * {@link #fastLane} again. 0 if the slow lane has to answer. The slow lane may answer in any case: there the gate waits for them.
   */
  public int bodyWanted() {
    Exchange inner = mounted;
    return inner == null ? wanted : inner.bodyWanted();
  }

  /** Both lanes on the calling thread, for callers who hold the whole response in their hands and write its body, or do not. */
  Response inProcess() {
    try {
      return fastLane().orElseGet(this::slowLane);
    } catch (Throwable e) {
      bare500();
      context.scope().abortTaps();
      throw e;
    } finally {
      context.scope().sent(app.background());
    }
  }

  /** A bound on what runs behind the gates. */
  public interface Admission {
    /** Takes a place if there is one; does not wait. */
    boolean tryEnter();

    /** Gives the place back. */
    void leave();
  }

  /** Runs the rest, on a virtual thread. Always gives a response: an error is rendered by the nearest {@code onError}. */
  public Response slowLane() {
    return slowLane(Optional.empty());
  }

  /**
   * As {@link #slowLane()}, for an offloaded exchange: it takes a place at the first element that is not a gate, so that those
   * who wait in a gate hold none. Without a free place the answer is 503.
   */
  public Response slowLane(Admission bound) {
    return slowLane(Optional.of(bound));
  }

  private Response slowLane(Optional<Admission> bound) {
    admission = bound;
    try {
      return answer();
    } finally {
      if (admitted) {
        admission.ifPresent(Admission::leave);
      }
      admission = Optional.empty();
    }
  }

  private Response answer() {
    Response response;
    try {
      Exception failed = failure;
      if (failed != null) {
        throw failed;
      }
      response = proceed(position, offloaded);
    } catch (Exception e) {
      response = renderError(e);
    }
    return finish(response);
  }

  /** True if a gate waits to be resumed in the slow lane: it holds a place among those who wait, not among handlers. */
  public boolean isOffloaded() {
    Exchange inner = mounted;
    return offloaded || (inner != null && inner.isOffloaded());
  }

  /** Answers in place of the slow lane, because the server has no room for it. */
  public Response shed() {
    Exchange inner = mounted;
    return finish(inner == null ? Problems.render(context, app.json(), overloaded()) : inner.shed());
  }

  /** Answers in place of a lane that ended in an {@link Error}: a bare 500, which the gates see like any other answer. */
  public Response broken(Throwable error) {
    LOG.error("an error that no handler may catch in {} {}", context.method(), context.path(), error);
    return bare500();
  }

  private Response bare500() {
    Exchange inner = mounted;
    context.abortTaps();
    Response bare = inner == null ? Response.of(500) : inner.bare500();
    while (true) {
      try {
        return finish(bare);
      } catch (Error e) { // one gate fewer is left each time
        LOG.error("another error in {} {}", context.method(), context.path(), e);
      }
    }
  }

  /** Tells that the client has left. Safe for use by any thread. */
  public void cancel() {
    context.scope().cancel();
  }

  /** Starts the work that handlers left for after the response, and ends the taps of a body that was not written. */
  public void sent() {
    context.scope().abortTaps();
    context.scope().sent(app.background());
  }

  private Response proceed(int index, boolean resumed) throws Exception {
    if (index == chain.steps().size()) {
      return end();
    }
    Chain.Step step = chain.steps().get(index);
    Middleware middleware = step.middleware();
    if (!(middleware instanceof Gate)) {
      admit();
    }
    if (!resumed && middleware instanceof Gate) {
      switch (before(step, false)) {
        case Verdict.Pass _ -> {
          return proceed(index + 1, false);
        }
        case Verdict.Answer(Response answer) -> {
          return answer;
        }
        case Verdict.Offload _ -> {
          // Goes on below, as an ordinary middleware.
        }
      }
    }
    Address outer = context.enter(step.address());
    try {
      return required(middleware.handle(context, once(index + 1)), middleware.name());
    } finally {
      context.enter(outer);
    }
  }

  private void admit() {
    if (!admitted && admission.isPresent()) {
      if (!admission.get().tryEnter()) {
        throw overloaded();
      }
      admitted = true;
    }
  }

  private static HttpError overloaded() {
    return new HttpError(503, "the server is at its limit; try again soon", Headers.of("Retry-After", "1"));
  }

  private Next once(int index) {
    var proceeded = new boolean[1];
    return () -> {
      if (proceeded[0]) {
        throw new IllegalStateException("next.proceed() was called twice");
      }
      proceeded[0] = true;
      return proceed(index, false);
    };
  }

  private Response end() throws Exception {
    return switch (chain.end()) {
      case Chain.End.Handled(Handler handler) -> {
        admit();
        yield handle(handler);
      }
      case Chain.End.Mounted _ -> {
        Exchange inner = mounted;
        if (inner == null) {
          inner = openMounted();
          mounted = inner;
          Optional<Response> answer = inner.fastLane();
          if (answer.isPresent()) {
            yield answer.get();
          }
        }
        yield inner.slowLane(admitted ? Optional.empty() : admission);
      }
    };
  }

  private Response handle(Handler handler) throws Exception {
    Address outer = context.enter(chain.address());
    Object outerGate = context.scope().run(handler instanceof Handler.Inline ? handler : null);
    try {
      return required(handler.handle(context), "the handler");
    } finally {
      context.scope().run(outerGate);
      context.enter(outer);
    }
  }

  private Response inline(Handler handler) throws Exception {
    return GateWatch.ON
        ? app.watch()
            .watch(handler, "handle", () -> "the inline handler of " + context.method() + " " + context.path(),
                () -> handle(handler))
        : handle(handler);
  }

  private Exchange openMounted() {
    var registration = ((Chain.End.Mounted) chain.end()).registration();
    String below = below(context.path(), registration.prefixSegments());
    Request request = context.request().withTarget(context.request().target().withPath(below));
    return new Exchange(registration.choice().apply(context), request, context.scope());
  }

  /** The path without its first segments; a path that a middleware rewrote may have fewer. */
  private static String below(String path, int segments) {
    int slash = 0;
    for (int i = 0; i < segments && slash >= 0; i++) {
      slash = path.indexOf('/', slash + 1);
    }
    return slash < 0 ? "/" : path.substring(slash);
  }

  private Verdict before(Chain.Step step, boolean fast) {
    Gate gate = (Gate) step.middleware();
    context.readPrefix(gate.bodyPrefix());
    Address outer = context.enter(step.address());
    Object outerGate = context.scope().run(gate);
    try {
      return GateWatch.ON && fast
          ? app.watch().watch(gate, "before", () -> gate.name() + ".before", () -> decide(gate, step, true))
          : decide(gate, step, fast);
    } finally {
      context.scope().run(outerGate);
      context.enter(outer);
    }
  }

  private Verdict decide(Gate gate, Chain.Step step, boolean fast) {
    Verdict verdict = required(gate.before(context), gate.name() + ".before");
    if (!(verdict instanceof Verdict.Offload)) {
      entered.add(step);
      enteredFast += fast ? 1 : 0;
    }
    return verdict;
  }

  /** Runs the second half of each gate that was entered, once, the last one first; then the body is shown to the taps. */
  private Response finish(Response response) {
    Response current = response;
    while (!entered.isEmpty()) {
      Chain.Step step = entered.removeLast();
      Gate gate = (Gate) step.middleware();
      context.enter(step.address());
      context.scope().run(gate);
      try {
        current = after(gate, entered.size() < enteredFast, current);
      } catch (Exception e) {
        LOG.error("{}.after failed for {} {}", gate.name(), context.method(), context.path(), e);
        context.abortTaps();
        current = Response.of(500);
      } finally {
        context.scope().run(null);
        context.enter(null);
      }
    }
    return context.tapped(current);
  }

  private Response after(Gate gate, boolean fast, Response response) {
    Response changed = GateWatch.ON && fast
        ? app.watch().watch(gate, "after", () -> gate.name() + ".after", () -> end(gate, response))
        : end(gate, response);
    if (changed.body() != response.body()) {
      throw new IllegalStateException(gate.name() + ".after changed the body (expected: status and headers alone)");
    }
    return changed;
  }

  private Response end(Gate gate, Response response) {
    return required(gate.after(context, response), gate.name() + ".after");
  }

  private Response renderError(Exception error) {
    Exception current = error;
    for (Routes at = chain.group(); at != null; at = at.parent()) {
      ErrorHandler handler = at.onError;
      if (handler != null) {
        try {
          return required(handler.handle(context, current), "onError");
        } catch (Exception e) {
          current = e;
        }
      }
    }
    return Problems.render(context, app.json(), current);
  }

  private static <T> T required(@Nullable T given, String from) {
    if (given == null) {
      throw new IllegalStateException(from + " returned null (expected: a response, or a verdict of a gate's before)");
    }
    return given;
  }
}
