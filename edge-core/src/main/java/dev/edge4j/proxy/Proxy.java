package dev.edge4j.proxy;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.client.OriginCall;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginErrors;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.resilience.Hedge;
import dev.edge4j.wire.HopByHop;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Sends requests on to an origin, and its responses back: {@code app.all("/*", Proxy.to(client))}. Bodies stream in both directions, in HTTP/1.1 and HTTP/2 on
 * either side; trailers, early hints and upgrades (a WebSocket) go through. Who leaves ends the exchange with the origin, and an origin that breaks off ends the
 * answer in a way that cannot be taken for its end.
 *
 * <p>The origin sees the path in its normal form, as every guard before has seen it; who sent the request in {@code Forwarded} (RFC 7239) and {@code X-Forwarded-For},
 * {@code -Proto} and {@code -Host}, which replace what came in, as {@link Context#client()} has it; and {@code Via}. Fields that are about one connection go neither way
 * (RFC 9110 section 7.6.1). A request that has been here too often already is 508.
 *
 * <p>What the origin does wrong is 502, 503 or 504, see {@link OriginClient#forward}; what its handler's deadline does, {@link Context#deadline} says. Immutable, safe for use by
 * many threads.
 *
 * <p>Source: RFC 9110 section 7.6, RFC 7239, RFC 8297.
 */
public final class Proxy implements Handler {
  /** Who has closed its half of a connection may have left, or still read: most origins have answered by then. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final OriginClient client;
  private final Settings settings;

  private record Settings(String prefix, boolean keepsHost, String name,
      BiFunction<? super Context, ? super Request, Request> change, Optional<Hedge> hedge) {}

  private Proxy(OriginClient client, Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Sends everything on as it is. The client is the caller's, and closed by it. */
  public static Proxy to(OriginClient client) {
    return new Proxy(client, new Settings("", false, "edge4j", (_, request) -> request, Optional.empty()));
  }

  /** Leaves this out at the beginning of paths: {@code /api} makes {@code /api/orders} the origin's {@code /orders}. Other paths stay as they are. */
  public Proxy withoutPrefix(String prefix) {
    if (!prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException("prefix: \"" + prefix
          + "\" (expected: /api, with a slash at its beginning and none at its end)");
    }
    return new Proxy(client, new Settings(prefix, settings.keepsHost, settings.name, settings.change, settings.hedge));
  }

  /** Asks the origin for the host that the client has asked for, not for the origin's own. */
  public Proxy keepingHost() {
    return new Proxy(client, new Settings(settings.prefix, true, settings.name, settings.change, settings.hedge));
  }

  /** Calls itself that in {@code Via}; {@code edge4j} unless told otherwise. */
  public Proxy named(String name) {
    return new Proxy(client, new Settings(settings.prefix, settings.keepsHost, Hops.checked(name), settings.change,
        settings.hedge));
  }

  /** Changes each request before it is sent on, behind all else that is changed here. */
  public Proxy changing(BiFunction<? super Context, ? super Request, Request> change) {
    return new Proxy(client, new Settings(settings.prefix, settings.keepsHost, settings.name, change, settings.hedge));
  }

  /** Asks the origin a second time where it is late, for requests that are safe and have no body; see {@link Hedge}. */
  public Proxy hedging(Hedge hedge) {
    return new Proxy(client, new Settings(settings.prefix, settings.keepsHost, settings.name, settings.change, Optional
        .of(hedge)));
  }

  @Override
  public Response handle(Context c) throws Exception {
    Request request = c.request();
    if (Hops.areTooMany(request.headers(), settings.name)) {
      throw new HttpError(508, "the request goes round in circles");
    }
    Optional<Response> last = Hops.answerOfLast(request);
    if (last.isPresent()) {
      return last.get();
    }
    OriginCall call = OriginCall.plain()
        .withDeadline(c.deadline())
        .withOnEarlyHints(c::earlyHints)
        .withCancellation(end -> c.whenCancelled(() -> c.time().after(GRACE, end)));
    call = settings.keepsHost ? call.keepingHost() : call;
    call = request.method().equals(Method.GET) ? call.upgrading() : call;
    try {
      return answer(c, send(outgoing(c), call));
    } catch (IOException e) {
      throw OriginErrors.answer(e);
    }
  }

  private OriginResponse send(Request request, OriginCall call) throws Exception {
    boolean mayBeTwice = request.method().isSafe() && request.body() == RequestBody.EMPTY
        && !request.headers().contains("Upgrade");
    return settings.hedge.isPresent() && mayBeTwice ? settings.hedge.get().call(() -> client.send(request, call))
        : client.send(request, call);
  }

  private Request outgoing(Context c) {
    Request request = c.request();
    Headers settled = HopByHop.settled(request.headers());
    Request sent = request.withHeaders(Forwarding.on(Hops.on(settled, settings.name), c));
    String path = request.path();
    boolean below = !settings.prefix.isEmpty() && (path.equals(settings.prefix) || path.startsWith(settings.prefix
        + "/"));
    if (below) {
      String rest = path.substring(settings.prefix.length());
      sent = sent.withTarget(request.target().withPath(rest.isEmpty() ? "/" : rest));
    }
    return settings.change.apply(c, sent);
  }

  private Response answer(Context c, OriginResponse answer) throws IOException {
    if (answer.status() == 101) {
      Headers fields = Hops.upgraded(answer.headers());
      c.waitUntil(answer::abort);
      return new Response(101, fields, new Body.Upgrade(new Relay(answer)));
    }
    Response response = answer.toResponse();
    if (response.body() instanceof Body.Stream) {
      c.waitUntil(answer::close); // nobody may come to write it
    }
    return response.withHeaders(Hops.back(response.headers(), answer.version(), settings.name));
  }
}
