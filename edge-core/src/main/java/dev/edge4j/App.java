package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.routing.RouteTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application: a function from request to response, made of routes and middleware. Set up by one thread; sealed at the first
 * request and from then on safe for use by many.
 */
public final class App extends Routes {
  private final List<Registration> registrations = new ArrayList<>();
  private final Background background = new Background();
  private JsonCodec json = JsonCodec.jackson();
  private TimeSource time = TimeSource.system();
  private volatile @Nullable RouteTable<Registration> table;

  public App() {
    super("", Place.EDGE);
  }

  /** Takes another codec for {@code c.json} and {@code c.body}. */
  public App json(JsonCodec codec) {
    checkOpen();
    json = codec;
    return this;
  }

  /** Takes another time for everything that goes by {@link Context#time}: rate limits, tokens, deadlines, timings. */
  public App time(TimeSource source) {
    checkOpen();
    time = source;
    return this;
  }

  /** Answers GET of a target, in process and without a socket. */
  public Response request(String target) {
    return request(Request.get(target));
  }

  /** Answers a request, in process and without a socket, on the calling thread. */
  public Response request(Request request) {
    Exchange exchange = open(request);
    Response response = exchange.fastLane().orElseGet(exchange::slowLane);
    exchange.sent();
    return response;
  }

  /** Opens the two lanes of one request; for servers. */
  public Exchange open(Request request) {
    return new Exchange(this, request, new Scope(request));
  }

  /** All routes in order of registration. */
  public List<Route> routes() {
    return Route.all(List.copyOf(registrations));
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

  TimeSource time() {
    return time;
  }

  Background background() {
    return background;
  }

  void register(Registration registration) {
    checkOpen();
    registrations.add(registration);
  }

  void checkOpen() {
    if (table != null) {
      throw new IllegalStateException(
          "the application has served a request (expected: routes and settings before the first)");
    }
  }

  Chain chain(Request request) {
    RouteTable<Registration> compiled = table;
    if (compiled == null) {
      compiled = compile();
    }
    return Chain.of(compiled, this, request.method(), request.path());
  }

  /** Two first requests may both compile; the tables are equal, so either serves. */
  private RouteTable<Registration> compile() {
    RouteTable.Builder<Registration> builder = RouteTable.builder();
    for (Registration registration : registrations) {
      builder.add(registration.method(), registration.pattern(), registration);
    }
    RouteTable<Registration> compiled = builder.build();
    table = compiled;
    return compiled;
  }
}
