package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.routing.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through an application, in two lanes. For servers; everyone else calls {@link App#request}.
 *
 * <p>A server calls {@link #fastLane} on its event loop, and if that has no answer {@link #slowLane} on a virtual thread, each
 * once; then {@link #sent} when the last byte has left (or never will). Confined to one thread at a time.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final App app;
  private final Context context;
  private final Chain chain;
  private final List<Chain.Step> entered = new ArrayList<>();
  private int position;
  private Optional<Admission> admission = Optional.empty();
  private boolean admitted;
  private boolean offloaded;
  private @Nullable Exception failure;
  private @Nullable Exchange mounted;

  Exchange(App app, Request request, Scope scope) {
    this.app = app;
    this.context = new Context(app, request, scope);
    this.chain = app.chain(request);
  }

  /** Runs what never blocks: the leading gates, and the handler if it is declared inline. Empty: the slow lane has to answer. */
  public Optional<Response> fastLane() {
    try {
      int gates = chain.leadingGates();
      while (position < gates) {
        Chain.Step step = chain.steps().get(position);
        switch (before(step)) {
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
        mounted = openMounted();
        return mounted.fastLane().map(this::finish);
      }
      return chain.inline().isPresent() ? Optional.of(finish(handle(chain.inline().get()))) : Optional.empty();
    } catch (Exception e) {
      failure = e;
      return Optional.empty();
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
    return finish(Problems.render(context, app.json(), overloaded()));
  }

  /** Answers in place of a lane that ended in an {@link Error}: a bare 500, which the gates see like any other answer. */
  public Response broken(Throwable error) {
    LOG.error("an error that no handler may catch in {} {}", context.method(), context.path(), error);
    return bare500();
  }

  private Response bare500() {
    Exchange inner = mounted;
    return finish(inner == null ? Response.of(500) : inner.bare500());
  }

  /** Tells that the client has left. Safe for use by any thread. */
  public void cancel() {
    context.scope().cancel();
  }

  /** Starts the work that handlers left for after the response. */
  public void sent() {
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
      switch (before(step)) {
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
    RouteMatch<?> outer = context.enter(step.match());
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
    RouteMatch<?> outer = context.enter(chain.endMatch());
    try {
      return required(handler.handle(context), "the handler");
    } finally {
      context.enter(outer);
    }
  }

  private Exchange openMounted() {
    var registration = ((Chain.End.Mounted) chain.end()).registration();
    String below = below(context.path(), registration.prefixSegments());
    RequestTarget target = context.request().target();
    Request request = context.request()
        .withTarget(new RequestTarget(target.raw(), below, target.query()));
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

  private Verdict before(Chain.Step step) {
    RouteMatch<?> outer = context.enter(step.match());
    try {
      Verdict verdict = ((Gate) step.middleware()).before(context);
      if (!(verdict instanceof Verdict.Offload)) {
        entered.add(step);
      }
      return verdict;
    } finally {
      context.enter(outer);
    }
  }

  /** Runs the second half of each gate that was entered, once, the last one first. */
  private Response finish(Response response) {
    Response current = response;
    while (!entered.isEmpty()) {
      Chain.Step step = entered.removeLast();
      Gate gate = (Gate) step.middleware();
      context.enter(step.match());
      try {
        Response changed = required(gate.after(context, current), gate.name());
        if (changed.body() != current.body()) {
          throw new IllegalStateException(gate.name() + ".after changed the body (expected: status and headers alone)");
        }
        current = changed;
      } catch (RuntimeException e) {
        LOG.error("{}.after failed for {} {}", gate.name(), context.method(), context.path(), e);
        current = Response.of(500);
      }
    }
    context.enter(null);
    return current;
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

  private static Response required(@Nullable Response response, String from) {
    if (response == null) {
      throw new IllegalStateException(from + " returned null (expected: a response)");
    }
    return response;
  }
}
