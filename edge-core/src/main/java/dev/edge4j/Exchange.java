package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.log.Failures;
import dev.edge4j.routing.HostPattern;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final Request request;
  private final Entered entered = new Entered();
  private int position;
  private int wanted;
  private boolean offloaded;
  private @Nullable Exception failure;
  private @Nullable Chain answering;
  /** Written by the thread that comes there, read by the one that finishes, which may have left the other at a deadline. */
  private volatile @Nullable Exchange mounted;

  Exchange(App app, Request request, Scope scope) {
    this(app, request, scope, scope.whole);
    scope.begin(this);
  }

  private Exchange(App app, Request request, Scope scope, Part part) {
    this.app = app;
    this.request = request;
    this.context = new Context(app, request, scope, part);
    this.chain = app.dispatch().chain(request);
  }

  /** What is left of another, from a step on, in a context of its own. */
  private Exchange(Exchange from, int position, Context context) {
    this.app = from.app;
    this.request = from.request;
    this.chain = from.chain;
    this.context = context;
    this.position = position;
  }

  /** Runs what never blocks: the leading gates, and the handler if it is declared inline. Empty: the slow lane has to answer. */
  public Optional<Response> fastLane() {
    wanted = 0;
    try {
      int gates = chain.leadingGates();
      while (position < gates) {
        context.part().goOn();
        Chain.Step step = chain.steps().get(position);
        int prefix = ((Gate) step.middleware()).bodyPrefix();
        if (!context.hasPrefix(prefix)) {
          wanted = prefix;
          return Optional.empty();
        }
        switch (before(context, step, true)) {
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
        return (inner == null ? openMounted(context) : inner).fastLane().map(this::finish);
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

  /** Where early hints go (RFC 8297); nowhere unless a server says so, before the first lane. The receiver may be called on any thread. */
  public void onEarlyHints(Consumer<Headers> receiver) {
    context.scope().hints = receiver;
  }

  /** The version of HTTP that the request came by; HTTP/1.1 unless a server says otherwise, before the first lane. */
  public void over(HttpVersion version) {
    context.scope().version = version;
  }

  /** Both lanes on the calling thread, for callers who hold the whole response in their hands and write its body, or do not. */
  Response inProcess() {
    try {
      return fastLane().orElseGet(this::slowLane);
    } catch (Throwable e) {
      context.scope().failure = e;
      bare500();
      context.scope().abortTaps();
      throw e;
    } finally {
      context.scope().sent();
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
    try {
      return answer();
    } catch (Exception e) {
      throw new IllegalStateException("a request as a whole is never left at a deadline", e);
    }
  }

  /** Throws only in a part that was left at its deadline: the outer part answers, and finishes for this one. */
  private Response answer() throws Exception {
    Response response;
    try {
      Exception failed = failure;
      if (failed != null) {
        throw failed;
      }
      response = proceed(context, position, offloaded);
    } catch (Exception e) {
      if (context.part().isLeft()) {
        throw e;
      }
      response = renderError(e);
    }
    return finish(response);
  }

  /**
   * As {@link #slowLane()}, for an offloaded exchange: it takes a place at the first element that is not a gate, so that those
   * who wait in a gate hold none, and gives it back when it is {@linkplain #whenQuiet quiet}. Without a free place the answer is 503.
   */
  public Response slowLane(Admission bound) {
    var ticket = new Ticket(bound);
    context.scope().ticket = ticket;
    try {
      return slowLane();
    } finally {
      whenQuiet(ticket::giveBack);
    }
  }

  /**
   * Runs this once nothing of the request runs behind its gates any more: at once after {@link #slowLane}, unless a deadline has left
   * work behind, which may go on after the response. A server gives back then what bounds such work. Safe for use by any thread.
   */
  public void whenQuiet(Runnable action) {
    context.scope().whenQuiet(action);
  }

  /** True if a gate waits to be resumed in the slow lane: it holds a place among those who wait, not among handlers. */
  public boolean isOffloaded() {
    Exchange inner = mounted;
    return offloaded || (inner != null && inner.isOffloaded());
  }

  /** How the calls of the route that will answer have begun so far; a server learns there whether they may begin on its event loop. */
  public Pace pace() {
    return answering().pace();
  }

  /** True if the handler that will answer is marked {@linkplain Handler#exempt exempt} from the bound on handlers. */
  public boolean isExempt() {
    return answering().marks().exempt();
  }

  /** See {@link Context#route}. */
  Optional<String> route() {
    Address own = chain.address();
    Exchange inner = mounted;
    if (own == null) {
      return Optional.empty();
    }
    String pattern = own.pattern().text();
    return Optional.of(inner == null ? pattern
        : inner.route().map(theirs -> RouteList.below(pattern, theirs)).orElse(pattern));
  }

  /** See {@link Context#routeHost}. */
  Optional<String> routeHost() {
    Address own = chain.address();
    Exchange inner = mounted;
    Optional<String> theirs = inner == null ? Optional.empty() : inner.routeHost();
    return theirs.or(() -> Optional.ofNullable(own).flatMap(Address::host).map(HostPattern::text));
  }

  /** The chain that will answer, as far as can be told while the middleware in front of a mounted application has not run. */
  private Chain answering() {
    Exchange inner = mounted;
    Chain known = answering != null ? answering : inner == null ? chain.answering(request) : inner.answering();
    answering = known;
    return known;
  }

  /** Answers in place of the slow lane, because the server has no room for it. */
  public Response shed() {
    Exchange inner = mounted;
    return finish(inner == null ? Problems.render(context, app.json(), Ticket.overloaded()) : inner.shed());
  }

  /** Answers in place of a lane that ended in an {@link Error}: a bare 500, which the gates see like any other answer. */
  public Response broken(Throwable error) {
    Failures.LOG.error(LOG, "an error that no handler may catch in " + context.method() + " " + context.path(), error);
    context.scope().failure = error;
    return bare500();
  }

  private Response bare500() {
    context.abortTaps();
    while (true) {
      try {
        return finish(Response.of(500));
      } catch (Error e) { // one gate fewer is left each time
        Failures.LOG.error(LOG, "another error in " + context.method() + " " + context.path(), e);
      }
    }
  }

  /** Tells that the client has left. Safe for use by any thread. */
  public void cancel() {
    context.scope().whole.cancel();
  }

  /**
   * Tells that the server stops: a response that has no end of its own, a stream of events, ends now, and its client comes again
   * elsewhere. Safe for use by any thread.
   */
  public void drain() {
    context.scope().drain();
  }

  /** Starts the work that handlers left for after the response, and ends the taps of a body that was not written. */
  public void sent() {
    context.scope().abortTaps();
    context.scope().sent();
  }

  private Response proceed(Context c, int index, boolean resumed) throws Exception {
    c.part().goOn();
    if (index == chain.steps().size()) {
      return end(c);
    }
    Chain.Step step = chain.steps().get(index);
    Middleware middleware = step.middleware();
    if (!(middleware instanceof Gate)) {
      admit(c);
    }
    if (!resumed && middleware instanceof Gate) {
      switch (before(c, step, false)) {
        case Verdict.Pass _ -> {
          return proceed(c, index + 1, false);
        }
        case Verdict.Answer(Response answer) -> {
          return answer;
        }
        case Verdict.Offload _ -> {
          // Goes on below, as an ordinary middleware.
        }
      }
    }
    Address outer = c.enter(step.address());
    try {
      return required(middleware.handle(c, new Rest(c, inner -> proceed(inner, index + 1, false), (inner,
          deadline) -> apart(
              inner, index + 1, deadline))), middleware, "");
    } finally {
      c.enter(outer);
    }
  }

  private Detached apart(Context c, int index, Deadline deadline) {
    return apart(c, index, deadline, c.request());
  }

  private Detached apart(Context c, int index, Deadline deadline, Request asked) {
    Scope own = c.scope().apart(asked);
    c.scope().onDrain(own::drain); // its owner may pass its answer on, a stream of events say, as this request's
    return new Apart(new Exchange(this, index, c.apart(own, deadline, asked)), own, deadline);
  }

  /** See {@link Detached#again}. */
  Detached again(Request asked, Deadline deadline) {
    return apart(context, position, deadline, asked);
  }

  /** See {@link Detached#answer}. */
  Response answerApart() throws Exception {
    try {
      return finish(proceed(context, position, false));
    } catch (Throwable e) { // errors too: the gates have been entered
      context.scope().failure = e;
      Response _ = finish(Response.of(e instanceof HttpError http ? http.status() : 500));
      context.abortTaps();
      throw e;
    }
  }

  private static void admit(Context c) {
    Ticket ticket = c.scope().ticket;
    if (ticket != null) {
      ticket.take();
    }
  }

  private Response end(Context c) throws Exception {
    return switch (chain.end()) {
      case Chain.End.Handled(Handler handler) -> {
        admit(c);
        yield handle(c, handler);
      }
      case Chain.End.Mounted _ -> {
        Exchange opened = mounted;
        yield (opened == null ? openMounted(c) : opened).answer(); // opened: the fast lane has been there
      }
    };
  }

  private Response handle(Context c, Handler handler) throws Exception {
    Address outer = c.enter(chain.address());
    Object outerGate = c.scope().run(handler instanceof Handler.Marked marked && marked.inline() ? handler : null);
    try {
      return required(handler.handle(c), "the handler");
    } finally {
      c.scope().run(outerGate);
      c.enter(outer);
    }
  }

  private Response inline(Handler handler) throws Exception {
    return GateWatch.ON
        ? app.watch()
            .watch(handler, "handle", () -> "the inline handler of " + context.method() + " " + context.path(),
                () -> handle(context, handler))
        : handle(context, handler);
  }

  private Exchange openMounted(Context c) {
    var registration = ((Chain.End.Mounted) chain.end()).registration();
    var inner = new Exchange(registration.choice().apply(c), registration.below(c.request()), c.scope(), c.part());
    inner.context.interruptible(c.interruptible());
    inner.context.mountedIn(c, Objects.requireNonNull(chain.address()));
    mounted = inner;
    return inner;
  }

  private Verdict before(Context c, Chain.Step step, boolean fast) {
    var entry = new Entered.Entry(step, fast);
    Gate gate = entry.gate();
    c.readPrefix(gate.bodyPrefix());
    Address outer = c.enter(step.address());
    Object outerGate = c.scope().run(gate);
    try {
      return GateWatch.ON && fast
          ? app.watch().watch(gate, "before", () -> gate.name() + ".before", () -> decide(c, entry))
          : decide(c, entry);
    } finally {
      c.scope().run(outerGate);
      c.enter(outer);
    }
  }

  private Verdict decide(Context c, Entered.Entry entry) {
    Verdict verdict = required(entry.gate().before(c), entry.gate(), ".before");
    if (!(verdict instanceof Verdict.Offload)) {
      Optional<Response> head = entered.add(entry);
      if (head.isPresent() && c.part().isLeft()) {
        end(c, entry, head.get()); // the deadline passed under it; the answer has gone out without it
      }
    }
    return verdict;
  }

  private Response finish(Response response) {
    context.part().goOn();
    return finish(context, response);
  }

  /** Runs the second half of each gate that was entered, once, the last one first; then the body is shown to the taps. */
  private Response finish(Context c, Response response) {
    Exchange inner = mounted;
    Response current = inner == null ? response : inner.finishLeft(c.part(), response);
    for (var last = entered.lastOrClose(current); last.isPresent(); last = entered.lastOrClose(current)) {
      current = end(c, last.get(), current);
    }
    return c.tapped(current);
  }

  /** Finishes in place of a mounted exchange that has not come to it, on a context that nothing else uses. */
  private Response finishLeft(Part part, Response response) {
    return entered.isClosed() ? response : finish(new Context(app, request, context.scope(), part), response);
  }

  /** Runs a second half. If it fails the answer is a bare 500. */
  private Response end(Context c, Entered.Entry entry, Response current) {
    Address outer = c.enter(entry.step().address());
    Object outerGate = c.scope().run(entry.gate());
    try {
      return after(c, entry, current);
    } catch (Exception e) {
      LOG.error("{}.after failed for {} {}", entry.gate().name(), c.method(), c.path(), e);
      c.scope().failure = e;
      c.abortTaps();
      return Response.of(500);
    } finally {
      c.scope().run(outerGate);
      c.enter(outer);
    }
  }

  private Response after(Context c, Entered.Entry entry, Response current) {
    Gate gate = entry.gate();
    Supplier<Response> half = () -> required(gate.after(c, current), gate, ".after");
    Response changed = GateWatch.ON && entry.fast()
        ? app.watch().watch(gate, "after", () -> gate.name() + ".after", half::get)
        : half.get();
    if (changed.body() != current.body()) {
      throw new IllegalStateException(gate.name() + ".after changed the body (expected: status and headers alone)");
    }
    return changed;
  }

  private Response renderError(Exception error) {
    Exception current = error;
    context.scope().failure = error;
    for (Routes at = chain.group(); at != null; at = at.parent()) {
      ErrorHandler handler = at.onError;
      if (handler != null) {
        try {
          return required(handler.handle(context, current), "onError");
        } catch (Exception e) {
          if (!(current instanceof HttpError) && !current.equals(e) && !current.equals(e.getCause())) {
            LOG.error("{} {} failed, and onError threw another error", context.method(), context.path(), current);
          }
          current = e;
          context.scope().failure = e;
        }
      }
    }
    return Problems.render(context, app.json(), current);
  }

  private static <T> T required(@Nullable T given, Middleware from, String half) {
    return given == null ? required(given, from.name() + half) : given; // a name is put together for who fails alone
  }

  private static <T> T required(@Nullable T given, String from) {
    if (given == null) {
      throw new IllegalStateException(from + " returned null (expected: a response, or a verdict of a gate's before)");
    }
    return given;
  }
}
