package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.TrustedProxies;
import dev.edge4j.json.JsonCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application: a function from request to response, made of routes and middleware. Set up by one thread; sealed at the first
 * request and from then on safe for use by many.
 */
public final class App extends Routes {
  private final List<Registration> registrations = new ArrayList<>();
  private final Background background = new Background();
  private final GateWatch watch = new GateWatch();
  private JsonCodec json = JsonCodec.jackson();
  private TimeSource time = TimeSource.system();
  private TrailingSlash trailingSlash = TrailingSlash.STRICT;
  private Unreachable unreachable = Unreachable.WARN;
  private Optional<TrustedProxies> proxies = Optional.empty();
  private volatile @Nullable Dispatch dispatch;

  public App() {
    super("", Place.EDGE, Optional.empty());
  }

  /** Takes another codec for {@code c.json} and {@code c.body}. */
  public App json(JsonCodec codec) {
    checkOpen();
    json = codec;
    return this;
  }

  /**
   * Takes another time for everything that goes by {@link Context#time}: rate limits, tokens, deadlines, timings. It
   * reaches into applications mounted here, whose own time counts only when they are asked themselves.
   */
  public App time(TimeSource source) {
    checkOpen();
    time = source;
    return this;
  }

  /**
   * Says which proxies in front are believed when they tell who asks; by default nobody is. Client address, scheme and host are decided by
   * that before a route is found, so everything here sees the same ones, and so do applications mounted here: what those say
   * themselves counts only when they are asked themselves.
   */
  public App behind(TrustedProxies trusted) {
    checkOpen();
    proxies = Optional.of(trusted);
    return this;
  }

  /** Says what becomes of a path that would have a route with a slash more or less at its end; by default it is another path. */
  public App trailingSlash(TrailingSlash policy) {
    checkOpen();
    trailingSlash = policy;
    return this;
  }

  /** Says what becomes of routes that can never answer; by default a warning at start. */
  public App unreachable(Unreachable policy) {
    checkOpen();
    unreachable = policy;
    return this;
  }

  /**
   * Compiles the routes and closes the application for more, and so those mounted in it; a second call does nothing. Servers call this
   * when they start; without one the first request does. Routes that can never answer are reported here, and middleware that stands
   * around no route. What a function chooses to mount is sealed by its own first request.
   *
   * @throws IllegalStateException if an application has such routes and its own policy is {@link Unreachable#FAIL}
   */
  public App seal() {
    dispatch();
    return this;
  }

  /** Answers GET of a target, in process and without a socket. */
  public Response request(String target) {
    return request(Request.get(target));
  }

  /**
   * Answers a request, in process and without a socket, on the calling thread. An {@link Error} comes out as it is, a test's failed
   * assertion or a {@link GateBlockedError} among them.
   */
  public Response request(Request request) {
    return open(request).inProcess();
  }

  /** Opens the two lanes of one request; for servers. */
  public Exchange open(Request request) {
    return open(request, false);
  }

  /** As {@link #request(Request)}, for a request that nobody has sent: see {@link Context#isWarmUp}. For servers, before they listen. */
  public Response warmUp(Request request) {
    return open(request, true).inProcess();
  }

  private Exchange open(Request request, boolean warmUp) {
    Request decided = proxies.isPresent() ? proxies.get().decide(request) : request;
    return new Exchange(this, dispatch().forgiving(decided), new Scope(decided, time, background, warmUp));
  }

  /** All routes in order of registration, those of mounted applications in their place. */
  public List<Route> routes() {
    return RouteList.of(registrations);
  }

  /** The routes as a table of text: method, pattern, chain, what ends the fast lane, edge or origin with its reason. */
  public String describe() {
    return RouteList.print(routes());
  }

  /** Waits for the work that handlers left for after the response; false if some still ran when the time was over. */
  public boolean drain(Duration timeout) throws InterruptedException {
    return background.drain(timeout);
  }

  @Override
  App app() {
    return this;
  }

  @Override
  @Nullable
  Routes parent() {
    return null;
  }

  JsonCodec json() {
    return json;
  }

  /** The application's time; the machine's unless {@link #time(TimeSource)} gave another. */
  public TimeSource time() {
    return time;
  }

  /** Whom {@link #behind} said to believe. */
  public Optional<TrustedProxies> proxies() {
    return proxies;
  }

  Background background() {
    return background;
  }

  GateWatch watch() {
    return watch;
  }

  void register(Registration registration) {
    checkOpen();
    if (registration instanceof Registration.Around(_, _, Gate gate)) {
      checkPrefix(gate);
    }
    registrations.add(registration);
  }

  private static void checkPrefix(Gate gate) {
    int bytes = gate.bodyPrefix();
    if (bytes < 0 || bytes > Gate.MAX_BODY_PREFIX) {
      throw new IllegalArgumentException("bodyPrefix of " + gate.name() + ": " + bytes + " (expected: 0 to "
          + Gate.MAX_BODY_PREFIX + " bytes)");
    }
  }

  void checkOpen() {
    if (dispatch != null) {
      throw new IllegalStateException("the application has started (expected: routes and settings before that)");
    }
  }

  List<Registration> registrations() {
    return Collections.unmodifiableList(registrations);
  }

  /** The applications mounted here that are the same for every request. */
  private Stream<App> mounted() {
    return registrations.stream()
        .flatMap(each -> each instanceof Registration.Mounted mount ? mount.fixed().stream() : Stream.empty());
  }

  /** True if this is {@code other} or has it mounted somewhere inside. */
  boolean holds(App other) {
    return this == other || mounted().anyMatch(each -> each.holds(other));
  }

  /** Two first requests may both compile; what they make is equal, so either serves. */
  Dispatch dispatch() {
    Dispatch compiled = dispatch;
    if (compiled == null) {
      new StartCheck(registrations).report(unreachable);
      compiled = Dispatch.of(this, registrations, trailingSlash);
      mounted().forEach(App::seal);
      dispatch = compiled;
    }
    return compiled;
  }
}
