package dev.edge4j;

import dev.edge4j.http.Accept;
import dev.edge4j.http.ContentDisposition;
import dev.edge4j.http.Cookies;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
import dev.edge4j.http.Method;
import dev.edge4j.http.Parameters;
import dev.edge4j.http.Representation;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.routing.PathParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way: what came in, what was found out about it, and the ways to answer. Confined to the request: one thread
 * at a time. What {@link Next#proceedBy} runs has a context of its own.
 */
public final class Context implements Replies {
  private final App app;
  private final Scope scope;
  private final Part part;
  private boolean interruptible;
  private final Incoming incoming;
  /** What the routes were found by, whatever was rewritten since. */
  private final Request routed;
  private @Nullable Address address;
  private @Nullable PathParams params;
  /** The parameters of what the application is mounted at. */
  private Function<String, Optional<String>> around = _ -> Optional.empty();
  private @Nullable Taps taps;
  private boolean decided;

  Context(App app, Request request, Scope scope, Part part) {
    this.app = app;
    this.routed = request;
    this.scope = scope;
    this.part = part;
    this.incoming = new Incoming(scope, request);
  }

  // ---- what came in

  public Request request() {
    return incoming.request();
  }

  /** Puts another request in the place of this one for all that follows; the route stays as it was matched. */
  public void rewrite(Request changed) {
    incoming.rewrite(changed);
  }

  public Method method() {
    return request().method();
  }

  /** The path in its normal form; below a mounted application, without the prefix it is mounted at. */
  public String path() {
    return request().path();
  }

  public Headers headers() {
    return request().headers();
  }

  public Optional<String> header(String name) {
    return request().headers().first(name);
  }

  /**
   * A parameter of the path or the host of the pattern that the running handler or middleware was registered with, decoded; in a mounted
   * application those of the prefix that it is mounted at too.
   *
   * <p>Where it may go over several segments ({@code *path}, {@code :path{.+}}), an escaped slash in it is a {@link BadRequest}: decoded
   * it could not be told from the slash between two segments, and {@code /admin%2Fkeys} would be read as {@code /admin/keys}, which a
   * guard at {@code /admin/*} has not seen. {@link #rawParam} has such values.
   */
  public Value param(String name) {
    Optional<String> raw = rawParam(name);
    Address current = address;
    if (current != null && raw.isPresent() && raw.get().contains("%2F") && current.pattern().mayHoldSlash(name)) {
      throw new BadRequest(name, "holds an escaped slash");
    }
    return new Value("path", name, raw.map(RequestTarget::decode));
  }

  /** As {@link #param}, but with {@code %2F} and {@code %25} still escaped. */
  public Optional<String> rawParam(String name) {
    Address current = address;
    if (current == null) {
      return around.apply(name);
    }
    PathParams found = params;
    if (found == null) {
      found = current.params(routed.path());
      params = found;
    }
    Optional<String> value = found.get(name);
    return value.or(() -> current.hostParam(routed, name)).or(() -> around.apply(name));
  }

  /** The first query parameter of that name. */
  public Value query(String name) {
    return new Value("query", name, query().first(name));
  }

  public Parameters query() {
    return incoming.query();
  }

  public Optional<String> cookie(String name) {
    return Cookies.read(request().headers(), name);
  }

  /** As {@link #cookie}, for a cookie made by {@link dev.edge4j.http.SetCookie#ofText}. */
  public Optional<String> cookieText(String name) {
    return Cookies.readText(request().headers(), name);
  }

  /** The most welcome of several media types, of equally welcome ones the first; empty if the client takes none of them. */
  public Optional<String> accepts(String... mediaTypes) {
    return Accept.of(headers()).best(List.of(mediaTypes));
  }

  /** Who sent the request. */
  public Client client() {
    return scope.client;
  }

  /** The version of HTTP that the request came by: what early hints depend on, and what a page about itself can tell. */
  public HttpVersion httpVersion() {
    return scope.version;
  }

  /**
   * True for a request that nobody has sent: a server asks it before it listens, to warm the application up. What counts or records
   * visitors leaves it out.
   */
  public boolean isWarmUp() {
    return scope.warmUp;
  }

  /** The time of the application that was asked, below a mounted one too. What measures or compares times asks this, so that tests can own it. */
  public TimeSource time() {
    return scope.time;
  }

  /**
   * Until when the answer must be there, by the middleware around; {@link Deadline#none} if none of them says. What outlives the
   * response has none either, unless it was left behind for being late.
   */
  public Deadline deadline() {
    return part.deadline();
  }

  /** Where the visitor is, as far as a middleware found out. */
  public Geo geo() {
    return get(Geo.KEY).orElse(Geo.UNKNOWN);
  }

  /**
   * The whole pattern of the route that was matched, {@code /products/:id} say, with the prefix of what it is mounted in: what metrics and
   * traces go by, for there are few patterns and any number of paths. Empty where no route was found. The same for everything on the way,
   * gates too; of a mounted application's routes it tells once the request has come there, and before that the pattern it is mounted at.
   */
  public Optional<String> route() {
    return scope.route();
  }

  /**
   * The pattern of the host that the matched route is registered for, {@code :tenant.example.com} say, never the host that a client names; empty for a route of
   * every host. Of applications mounted in each other the innermost that names hosts counts. Known as {@link #route} is.
   */
  public Optional<String> routeHost() {
    return scope.routeHost();
  }

  /**
   * What was thrown and is answered as an error, for the second halves of gates, which see the answer alone. The latest, where one thing led to
   * the other; empty while nothing has failed, and for what a middleware has caught.
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(scope.failure);
  }

  // ---- the body

  /**
   * The whole body. Blocks until it has arrived; 413 if it is over the server's limit, 400 if it breaks off. A gate and an inline
   * handler may not wait: {@link IllegalStateException} there, see {@link #bodyPrefix}.
   */
  public byte[] bodyBytes() {
    return incoming.bytes();
  }

  /**
   * The first bytes of the body, which stays whole for all that follows. A gate sees as many as its {@link Gate#bodyPrefix} says,
   * fewer only where the body is shorter; everyone else what was read for the gates so far. Never blocks.
   */
  public byte[] bodyPrefix() {
    return incoming.prefix();
  }

  /** The whole body as UTF-8. */
  public String bodyText() {
    return new String(bodyBytes(), StandardCharsets.UTF_8);
  }

  /** The body, JSON, as a record: 415 if it is not declared as JSON or has a {@code Content-Encoding}, 400 naming the field where it does not fit. */
  public <T> T body(Class<T> type) {
    return incoming.json(bytes -> app.json().read(bytes, type));
  }

  /** As {@link #body(Class)}, for a generic type. */
  public <T> T body(TypeRef<T> type) {
    return incoming.json(bytes -> app.json().read(bytes, type));
  }

  /** A field of a form, with files or without; 415 for another type of body, or a coded one. */
  public Value form(String name) {
    return new Value("form", name, form().first(name));
  }

  /** The fields of a form; 415 for another type of body or a coded one, 413 for more than 10,000 fields. */
  public Parameters form() {
    return incoming.form();
  }

  /**
   * A form with files, part by part while it arrives, with the {@linkplain MultipartLimits#defaults usual limits}: for files that are large, or go
   * on to somewhere else. 415 for another type of body or a coded one. What goes wrong later is an {@link java.io.IOException}, which is answered 400 or 413.
   */
  public Multipart multipart() throws IOException {
    return multipart(MultipartLimits.defaults());
  }

  public Multipart multipart(MultipartLimits limits) throws IOException {
    return incoming.multipart(limits);
  }

  /** A form with files as a whole: fields and small files in memory, larger ones on disk until the response has left. */
  public FormData formData() {
    return formData(MultipartLimits.defaults());
  }

  /** As {@link #formData()}, within other limits; the form is read once, by the limits of the first call. */
  public FormData formData(MultipartLimits limits) {
    return incoming.formData(limits);
  }

  // ---- what was found out

  public <T> void set(Key<T> key, T value) {
    scope.setVariable(key, Objects.requireNonNull(value));
  }

  @SuppressWarnings("unchecked") // set() stores nothing but a T under a Key<T>
  public <T> Optional<T> get(Key<T> key) {
    return Optional.ofNullable((T) scope.variable(key));
  }

  /** A variable that an earlier middleware must have set; {@link IllegalStateException} naming the key if none did. */
  public <T> T require(Key<T> key) {
    return get(key).orElseThrow(() -> new IllegalStateException("no middleware has set \"" + key + "\" before this"));
  }

  public Timings timings() {
    return scope.timings;
  }

  /** Runs and measures one layer: it shows in {@code Server-Timing}. */
  public <T> T timed(String layer, Callable<T> call) throws Exception {
    return scope.timings.measure(layer, call);
  }

  /**
   * True once nobody waits for the answer: the client has left, or has closed its half of the connection (one that pipelines, or whose
   * body waits to be read, is seen leaving late), or the {@link #deadline} has passed and another answer is on its way. Asked from time
   * to time by work that is long; nobody is interrupted by default. Safe for use by any thread.
   */
  public boolean cancelled() {
    scope.leaveEventLoop();
    return part.isCancelled();
  }

  /**
   * Runs this once {@link #cancelled} is true, on the thread that finds it out; at once if it is. For what has to be told to stop: it must be quick, and not
   * block. May be asked by any thread; until the response has left.
   */
  public void whenCancelled(Runnable action) {
    part.onCancel(action);
  }

  /** Runs work after the response has left, on a virtual thread of its own; a failure is logged. Drained at shutdown. */
  public void waitUntil(Work work) {
    scope.after(work::run);
  }

  /** Work that may throw. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /**
   * Has the body of the response looked at while it is written: the final one, once every {@code after} has run; in a mounted
   * application, the one it hands to the outer one; in process, when the caller writes it. {@link IllegalStateException} once that is decided. Tapped bytes are shown at
   * once; a tapped file leaves as a stream, without a {@code Content-Length}.
   */
  public void tap(BodyTap tap) {
    Taps own = taps;
    if (decided) {
      throw new IllegalStateException(
          "c.tap after the response is decided (expected: in a gate, a middleware or a handler)");
    }
    if (own == null) {
      own = part.newTaps();
      taps = own;
    }
    own.add(tap);
  }

  // ---- ways to answer, besides those of Replies

  @Override
  public JsonCodec codec() {
    return app.json();
  }

  /** Renders a template by the renderer that {@code app.use(Views...)} brought. */
  public Response render(String template, Object model) throws Exception {
    return render(200, template, model);
  }

  /** As {@link #render(String, Object)}, with a status. */
  public Response render(int status, String template, Object model) throws Exception {
    Renderer renderer = require(Renderer.KEY);
    return Response.bytes(status, renderer.mediaType(template), timed("render", () -> renderer.render(this, template,
        model)));
  }

  /**
   * A page one part of which can be asked for by itself: a request that a script of htmx, Turbo or Datastar sends for a part gets the block
   * of the template, any other the whole page. So the same address answers with and without JavaScript.
   */
  public Response fragment(String template, String block, Object model) throws Exception {
    return fragment(template, List.of(block), model);
  }

  /**
   * The same of several blocks: the one that the request names, as the element that takes it, or the first of them. No other block of the
   * template can be asked for: one may stand in a section that this model would leave out.
   */
  public Response fragment(String template, List<String> blocks, Object model) throws Exception {
    Renderer renderer = require(Renderer.KEY);
    return timed("render", () -> renderer.fragment(this, template, blocks, model));
  }

  /**
   * As {@link #render(String, Object)}, but without waiting for what is late: the page leaves with a place for it, and each late part follows
   * when it is there. What fails after the page has left is missing in it and logged.
   */
  public Response stream(String template, Object model) throws Exception {
    return stream(200, template, model);
  }

  /** As {@link #stream(String, Object)}, with a status. */
  public Response stream(int status, String template, Object model) throws Exception {
    Renderer renderer = require(Renderer.KEY);
    return timed("render", () -> renderer.stream(this, status, template, model));
  }

  /**
   * Tells the client fields of an answer that is still being worked on, {@code Link} with {@code rel=preload} above all (103, RFC 8297); it may
   * come to nothing, in process always. What is told is no part of the final response unless it says so too.
   */
  public void earlyHints(Headers fields) {
    scope.hints.accept(fields);
    scope.leaveEventLoop();
  }

  /**
   * The answer to this request, given what a 200 would be: 304, 412, 206 or 416 where its conditions and ranges say so, see {@link
   * Representation}. Validators are the response's own {@code ETag} and {@code Last-Modified}.
   */
  public Response conditional(Response whole) {
    return Representation.answer(request(), whole, time().instant());
  }

  /**
   * A file, by its conditions and ranges, of the type that its name says; 404 if there is none. Who builds the path of what a client has sent
   * wants {@code StaticFiles} instead, which stays in its folder.
   */
  public Response file(Path path) {
    return conditional(FileResponse.of(path));
  }

  /** As {@link #file}, to be saved under that name instead of shown. */
  public Response download(Path path, String filename) {
    return conditional(FileResponse.of(path)
        .withHeader("Content-Disposition", ContentDisposition.attachment(
            filename)));
  }

  /**
   * A stream of server-sent events (WHATWG HTML section 9.2): the source is called once the head has left, on the virtual thread of the
   * request, and the stream ends when it returns. After 15 seconds without an event a comment is sent. Not stored by caches, not
   * buffered by nginx.
   */
  public Response sse(EventStream.Source source) {
    return sse(EventResponse.HEARTBEAT, source);
  }

  /** As {@link #sse(EventStream.Source)}, with a comment after that time without an event; zero for none. */
  public Response sse(Duration heartbeat, EventStream.Source source) {
    return EventResponse.of(this, heartbeat, source);
  }

  /**
   * An error as problem details (RFC 9457), as if it had been thrown. For gates: a thrown error costs a thread and asks the group's
   * {@code onError}, an answer made here does neither.
   */
  public Response problem(HttpError error) {
    return Problems.render(this, app.json(), error);
  }

  // ---- for the pipeline

  Scope scope() {
    return scope;
  }

  Part part() {
    return part;
  }

  boolean interruptible() {
    return interruptible;
  }

  /** Lets it see the parameters of another, in whose application its own is mounted. */
  void mountedIn(Context outer, Address at) {
    around = name -> at.params(outer.routed.path())
        .get(name)
        .or(() -> at.hostParam(outer.routed, name))
        .or(() -> outer.around.apply(name));
  }

  /** Says whether what follows is interrupted at a cancellation, and returns what was said before. */
  boolean interruptible(boolean now) {
    boolean before = interruptible;
    interruptible = now;
    return before;
  }

  /** One for another thread: what was read so far, over the same scope. */
  Context copy(Part theirs) {
    var copy = new Context(app, routed, scope, theirs);
    copy.interruptible = interruptible;
    copy.address = address;
    copy.around = around;
    copy.incoming.adopt(incoming);
    return copy;
  }

  /** One for a part that goes on by itself, with that request but for its body. */
  Context apart(Scope theirs, Deadline deadline, Request asked) {
    Part whole = theirs.whole;
    var copy = new Context(app, routed, theirs, deadline.remaining().isEmpty() ? whole : whole.inside(deadline));
    copy.around = around;
    copy.incoming.rewrite(asked.withBody(RequestBody.EMPTY));
    return copy;
  }

  /** Takes over what another has read and rewritten, whose thread has ended. */
  void adopt(Context other) {
    incoming.adopt(other.incoming);
    taps = taps == null ? other.taps : taps.with(other.taps);
  }

  /** See {@link Incoming#hasPrefix}. */
  boolean hasPrefix(int bytes) {
    return incoming.hasPrefix(bytes);
  }

  /** See {@link Incoming#readPrefix}. */
  void readPrefix(int bytes) {
    incoming.readPrefix(bytes);
  }

  /** Shows the final response to the taps that were taken here, if any. */
  Response tapped(Response response) {
    Taps own = taps;
    decided = true;
    return own == null ? response : own.attach(scope.isToHead(), response);
  }

  /** Ends the taps that were taken here: another response takes the place of the one they were meant for. */
  void abortTaps() {
    Taps own = taps;
    if (own != null) {
      own.abort();
    }
  }

  /** Where what runs now was registered. */
  @Nullable
  Address address() {
    return address;
  }

  /** Makes the parameters found at that address the current ones and returns the address before. */
  @Nullable
  Address enter(@Nullable Address next) {
    Address previous = address;
    address = next;
    params = null;
    return previous;
  }
}
