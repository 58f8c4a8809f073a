package dev.edge4j.testing;

import dev.edge4j.App;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks an application, in process or over a socket, and gets the same answer both ways: status, the header fields that the application
 * set, and the whole body. A test that takes a {@link Transport} runs both ways.
 *
 * <p>What is the same: a target goes out as it was written, be it valid or not; the server's limits and what it refuses; an error thrown,
 * a stream that fails; work left for after the response has begun when the answer is there, so {@link App#drain} waits for it. A request
 * without {@code Host} has {@code localhost}, and its body is framed by the client, chunked if {@code Transfer-Encoding: chunked} says so.
 *
 * <p>What is left out: the fields that belong to a connection ({@code Connection}, {@code Content-Length}, {@code Date},
 * {@code Transfer-Encoding}), the bound on concurrent requests (a socket's alone), and connections that are kept: each request has its
 * own. An answer that breaks off, or does not come for 30 seconds, is an {@link UncheckedIOException}.
 *
 * <p>The methods that return a client give another view of this one; closing any of them closes all. Safe for use by many threads.
 */
public final class TestClient implements AutoCloseable {
  private static final String COUNTRY_FIELD = "CF-IPCountry";
  private static final int MAX_REDIRECTS = 10;

  private record Settings(Headers defaults, Optional<Region> region, String countryField, Optional<CookieJar> cookies,
      boolean follows) {}

  private final App app;
  private final Wire wire;
  private final Settings settings;

  private TestClient(App app, Wire wire, Settings settings) {
    this.app = app;
    this.wire = wire;
    this.settings = settings;
  }

  /** Asks by calls, without a socket. The application is {@linkplain App#seal sealed} by this, as it is by a server. */
  public static TestClient inProcess(App app) {
    return of(app, Transport.IN_PROCESS);
  }

  /** Asks through a server that is started here, on a free port of 127.0.0.1, and stops with the client. */
  public static TestClient overSocket(App app) {
    return of(app, Transport.SOCKET);
  }

  /** Asks that way. */
  public static TestClient of(App app, Transport transport) {
    return of(app, transport, ServerOptions.port(0));
  }

  /** Asks that way, with the limits of those options; their host and port do not matter. */
  public static TestClient of(App app, Transport transport, ServerOptions limits) {
    Wire wire = switch (transport) {
      case IN_PROCESS -> new InProcess(app, limits);
      case SOCKET -> new OverSocket(app, limits);
    };
    return new TestClient(app, wire, new Settings(Headers.empty(), Optional.empty(), COUNTRY_FIELD, Optional.empty(),
        false));
  }

  // ---- views

  /** Sends that field with every request that has none of the name. */
  public TestClient with(String name, String value) {
    return view(new Settings(settings.defaults.with(name, value), settings.region, settings.countryField,
        settings.cookies, settings.follows));
  }

  /**
   * Asks as a visitor from there does: from the region's address, with its country in the {@linkplain #countryIn field} that a CDN would
   * set, half of its latency before the application sees the request and half after it has answered. On a {@link VirtualClock} the clock
   * is advanced, otherwise the client really waits.
   *
   * <p>Over a socket the address must be one of this machine. All of 127.0.0.0/8 is on Linux and Windows; elsewhere sending fails and says
   * what to do.
   */
  public TestClient from(Region region) {
    return view(new Settings(settings.defaults, Optional.of(region), settings.countryField, settings.cookies,
        settings.follows));
  }

  /** Carries a region's country in that field, not in {@code CF-IPCountry}. */
  public TestClient countryIn(String field) {
    var _ = Headers.of(field, ""); // refuses a name that is no token
    return view(new Settings(settings.defaults, settings.region, field, settings.cookies, settings.follows));
  }

  /** Keeps cookies as a browser does, from an empty jar on; they end by the application's time. Each call makes another visitor. */
  public TestClient keepingCookies() {
    return view(new Settings(settings.defaults, settings.region, settings.countryField, Optional.of(new CookieJar(app
        .time())), settings.follows));
  }

  /** Follows redirects to the same host, at most 10 in a row. */
  public TestClient followingRedirects() {
    return view(new Settings(settings.defaults, settings.region, settings.countryField, settings.cookies, true));
  }

  private TestClient view(Settings changed) {
    return new TestClient(app, wire, changed);
  }

  // ---- requests

  public Response get(String target) {
    return send(Method.GET, target);
  }

  public Response head(String target) {
    return send(Method.HEAD, target);
  }

  public Response delete(String target) {
    return send(Method.DELETE, target);
  }

  /** Posts an empty body. */
  public Response post(String target) {
    return send(Method.POST, target);
  }

  /** Posts JSON. */
  public Response postJson(String target, String json) {
    return send(request(Method.POST, target).withJson(json));
  }

  /** Posts a form, encoded as {@code a=1&b=2}. */
  public Response postForm(String target, String encoded) {
    return send(request(Method.POST, target).withForm(encoded));
  }

  /** Sends a request without body. */
  public Response send(Method method, String target) {
    return send(request(method, target));
  }

  /**
   * Sends a request: its raw target, its fields, its body, from its peer's address. {@link IllegalArgumentException} for one that no HTTP
   * message can carry: a target with spaces, two {@code Host} fields, a coding that is not {@code chunked}.
   */
  public Response send(Request request) {
    Outgoing out = Outgoing.of(request, settings.defaults);
    Response response = exchange(out);
    for (int i = 0; settings.follows; i++) {
      Optional<Outgoing> next = Redirect.next(out, response);
      if (next.isEmpty()) {
        break;
      }
      if (i == MAX_REDIRECTS) {
        throw new IllegalStateException("more than " + MAX_REDIRECTS + " redirects from " + request.target().raw()
            + ", the last to " + next.get().target());
      }
      out = next.get();
      response = exchange(out);
    }
    return response;
  }

  /** A request whose target need not be valid. */
  private static Request request(Method method, String target) {
    return new Request(method, new RequestTarget(target, "/", ""), Headers.empty(), RequestBody.EMPTY, "http",
        InetAddress
            .getLoopbackAddress());
  }

  private Response exchange(Outgoing bare) {
    Outgoing placed = settings.region.map(region -> bare.from(region.address())
        .with(settings.countryField, region.country())).orElse(bare);
    Outgoing out = settings.cookies.map(jar -> jar.fill(placed)).orElse(placed);
    Duration latency = settings.region.map(Region::latency).orElse(Duration.ZERO);
    Duration there = latency.dividedBy(2);
    try {
      Journey.take(app.time(), there);
      Response response = wire.send(out);
      Journey.take(app.time(), latency.minus(there));
      settings.cookies.ifPresent(jar -> jar.keep(out, response.headers()));
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(out.method() + " " + out.target() + ": " + e.getMessage(), e);
    }
  }

  /** Stops the server, if there is one, and waits for work that was left for after responses. */
  @Override
  public void close() {
    wire.close();
  }
}
