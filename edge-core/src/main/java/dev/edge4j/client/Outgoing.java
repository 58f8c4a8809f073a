package dev.edge4j.client;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.wire.ContentLength;
import dev.edge4j.wire.HopByHop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A request as it goes to an origin, whichever version of HTTP is spoken: in the normal form of its path, which is what guards have seen,
 * and without what was about the connection that it came over.
 *
 * @param host what {@code Host} or {@code :authority} says
 * @param target path and query, in origin form
 * @param headers all but {@code Host}, and but those that frame
 * @param takesTrailers true if who asks wants fields behind the response's body
 * @param upgrade the protocol that the connection may go on with; empty for none
 */
record Outgoing(Method method, String host, String target, Headers headers, Payload payload, boolean expectsContinue,
    boolean takesTrailers, String upgrade) {
  /** A body that is no larger is read before the request is sent, so that it can be sent again. */
  private static final int SMALL_BYTES = 16 * 1024;

  /** What goes behind the head. */
  sealed interface Payload {
    /** No body. */
    record None() implements Payload {}

    /** A body that is there. */
    record Ready(byte[] bytes) implements Payload {}

    /**
     * A body that arrives while it is sent.
     *
     * @param length -1 if it is not known
     * @param trailers the fields behind it, once it has been read
     */
    record Streamed(InputStream in, long length, Supplier<Headers> trailers) implements Payload {}
  }

  /** Blocks until a small body is there; what goes wrong with that is the request's fault, and thrown as it comes. */
  static Outgoing of(Request request, Origin origin, OriginCall call) throws IOException {
    Headers given = request.headers();
    boolean expects = given.list("Expect").stream().anyMatch("100-continue"::equalsIgnoreCase);
    Payload payload = payload(request, expects);
    boolean continues = expects && payload instanceof Payload.Streamed;
    Headers.Builder headers = call.deadline().on(HopByHop.removed(given)).toBuilder();
    List.of("Host", "Content-Length", "Expect").forEach(headers::remove);
    String host = call.keepsHost() ? given.first("Host").orElseGet(() -> authority(origin)) : authority(origin);
    boolean trailers = given.list("TE").stream().anyMatch("trailers"::equalsIgnoreCase);
    return new Outgoing(request.method(), host, target(request.target()), headers.build(), payload, continues, trailers,
        call.mayUpgrade() ? upgrade(given) : "");
  }

  private static String target(RequestTarget target) {
    String query = target.query();
    return RequestTarget.encode(target.path()) + (query.isEmpty() ? "" : "?" + visible(query));
  }

  /** What a program has written into a query as it reads; what came over a connection is visible ASCII already. */
  private static String visible(String query) {
    var visible = new StringBuilder(query.length());
    for (byte b : query.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && b < 127) {
        visible.append((char) b);
      } else {
        visible.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return visible.toString();
  }

  private static String authority(Origin origin) {
    boolean usual = origin.port() == (origin.scheme().equals("https") ? 443 : 80);
    return usual ? origin.host() : origin.host() + ":" + origin.port();
  }

  /** Another HTTP is no other protocol: what is asked in it would pass by whoever guards this one. */
  private static String upgrade(Headers given) {
    boolean meant = given.list("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    return meant ? given.list("Upgrade").stream().filter(name -> !isHttp(name)).collect(Collectors.joining(", ")) : "";
  }

  private static boolean isHttp(String protocol) {
    String lower = protocol.toLowerCase(Locale.ROOT);
    return lower.equals("h2c") || lower.equals("h2") || lower.startsWith("http") || lower.startsWith("tls");
  }

  private static Payload payload(Request request, boolean expects) throws IOException {
    RequestBody body = request.body();
    if (body == RequestBody.EMPTY) {
      return new Payload.None();
    }
    OptionalLong length = request.headers()
        .first("Content-Length")
        .map(ContentLength::parse)
        .orElse(OptionalLong
            .empty());
    boolean small = length.isPresent() && length.getAsLong() <= SMALL_BYTES && !expects;
    if (small || body.isReady(Integer.MAX_VALUE)) {
      byte[] bytes = body.stream().readAllBytes();
      return bytes.length == 0 && length.isEmpty() ? new Payload.None() : new Payload.Ready(bytes);
    }
    return new Payload.Streamed(body.stream(), length.orElse(-1), body::trailers);
  }

  /** The body as one that arrives, whichever it is. */
  Payload.Streamed streamed() {
    return switch (payload) {
      case Payload.None _ -> new Payload.Streamed(InputStream.nullInputStream(), 0, Headers::empty);
      case Payload.Ready(byte[] bytes) -> new Payload.Streamed(new ByteArrayInputStream(bytes), bytes.length,
          Headers::empty);
      case Payload.Streamed streamed -> streamed;
    };
  }

  /** True if it can be sent a second time. */
  boolean isReplayable() {
    return !(payload instanceof Payload.Streamed);
  }

  /** True if to do it twice is to do it once (RFC 9110 section 9.2.2). */
  boolean isIdempotent() {
    return method.isSafe() || method.equals(Method.PUT) || method.equals(Method.DELETE);
  }

  /** The length of an empty body is told for methods that usually have one (RFC 9110 section 8.6). */
  boolean expectsBody() {
    return method.equals(Method.POST) || method.equals(Method.PUT) || method.equals(Method.PATCH);
  }

  @Override
  public String toString() {
    int query = target.indexOf('?');
    return method + " " + (query < 0 ? target : target.substring(0, query));
  }
}
