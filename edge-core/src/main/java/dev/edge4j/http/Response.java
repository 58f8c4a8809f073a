package dev.edge4j.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A response: status, header fields, body. Immutable; each {@code with} makes a cheap copy.
 *
 * @param status 200 to 599 (RFC 9110 section 15), or 101 with a {@link Body.Upgrade}; an interim response is not one of these
 * @param headers the header fields; framing fields ({@code Content-Length}, {@code Transfer-Encoding}, {@code Connection})
 *     are the server's, and so is {@code Date} where there is none that can be read
 * @param body the body
 */
public record Response(int status, Headers headers, Body body) {
  private static final String CACHE_CONTROL = "Cache-Control";

  /** Checks the status. */
  public Response {
    boolean upgrades = body instanceof Body.Upgrade;
    if (upgrades ? status != 101 : status < 200 || status > 599) {
      throw new IllegalArgumentException("status: " + status + (upgrades ? " (expected: 101 with a Body.Upgrade)"
          : " (expected: 200 to 599, or 101 with a Body.Upgrade)"));
    }
  }

  /** A response without body. */
  public static Response of(int status) {
    return new Response(status, Headers.empty(), Body.empty());
  }

  public static Response bytes(int status, String mediaType, byte[] bytes) {
    return new Response(status, ContentTypes.of(mediaType), new Body.Bytes(bytes));
  }

  public static Response text(int status, String text) {
    return bytes(status, MediaType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Response html(int status, String html) {
    return bytes(status, MediaType.HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  /** A redirect; what a URI cannot hold (RFC 3986 section 2) is percent-encoded as UTF-8, the rest is left as it is. */
  public static Response redirect(int status, String location) {
    var encoded = new StringBuilder(location.length());
    for (byte b : location.getBytes(StandardCharsets.UTF_8)) {
      if (b <= ' ' || b == 127) {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      } else {
        encoded.append((char) b);
      }
    }
    return new Response(status, Headers.of("Location", encoded.toString()), Body.empty());
  }

  /** An error as problem details (RFC 9457 section 3), for where no codec is at hand. */
  public static Response problem(int status, String detail) {
    String escaped = detail.replaceAll("\\p{Cntrl}", "?").replace("\\", "\\\\").replace("\"", "\\\"");
    String json = "{\"type\":\"about:blank\",\"title\":\"" + Status.reason(status) + "\",\"status\":" + status
        + ",\"detail\":\"" + escaped + "\"}";
    return bytes(status, MediaType.PROBLEM_JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  public Response withStatus(int newStatus) {
    return new Response(newStatus, headers, body);
  }

  public Response withHeaders(Headers newHeaders) {
    return new Response(status, newHeaders, body);
  }

  /** A copy in which that field has this one value. */
  public Response withHeader(String name, String value) {
    return withHeaders(headers.with(name, value));
  }

  /** A copy with one more line of that field. */
  public Response withAddedHeader(String name, String value) {
    return withHeaders(headers.withAdded(name, value));
  }

  public Response withBody(Body newBody) {
    return new Response(status, headers, newBody);
  }

  /** A copy that sets a cookie. */
  public Response withCookie(SetCookie cookie) {
    return withAddedHeader("Set-Cookie", cookie.toString());
  }

  /**
   * A copy that no shared cache may keep, but the client's own may, as long as this one: what sets a cookie, or depends on what {@code Vary} cannot say. Its
   * {@code Cache-Control} is {@code private}, unless it was that or {@code no-store} (RFC 9111 section 5.2.2), and no {@code CDN-Cache-Control} overrules it (RFC 9213).
   */
  public Response withPrivateCaching() {
    Headers untargeted = headers.without("CDN-Cache-Control");
    List<String> directives = untargeted.list(CACHE_CONTROL);
    if (directives.stream().anyMatch(each -> each.equalsIgnoreCase("private") || each.equalsIgnoreCase("no-store"))) {
      return withHeaders(untargeted);
    }
    Stream<String> kept = directives.stream()
        .filter(each -> !each.equalsIgnoreCase("public") && !each.toLowerCase(Locale.ROOT).startsWith("s-maxage"));
    return withHeaders(untargeted.with(CACHE_CONTROL, Stream.concat(Stream.of("private"), kept)
        .collect(Collectors.joining(", "))));
  }

  /**
   * A copy that sends these fields behind its body, over HTTP/2 and, to a client that says it takes them, over HTTP/1.1: asked once the body has been
   * written. For what is known only then, a digest or a duration; nobody may rely on them.
   */
  public Response withTrailers(Supplier<Headers> trailers) {
    return switch (body) {
      case Body.Stream(Body.Writer writer, OptionalLong length, Optional<Supplier<Headers>> _) -> withBody(
          new Body.Stream(writer, length, Optional.of(trailers)));
      case Body.Bytes(byte[] bytes) -> withBody(new Body.Stream(out -> out.write(bytes), OptionalLong.of(bytes.length),
          Optional.of(trailers)));
      case Body.Segments segments -> withBody(new Body.Stream(segments::writeTo, OptionalLong.of(segments.length()),
          Optional.of(trailers)));
      case Body.File file -> withBody(new Body.Stream(file::writeTo, OptionalLong.empty(), Optional.of(trailers)));
      case Body.Empty _,Body.Upgrade _ -> throw new IllegalStateException(
          "trailers of a response without a body (expected: them among its header fields)");
    };
  }

  /** The first value of that header field. */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** The body as text, for tests and transformations; empty unless the body is {@link Body.Bytes} or {@link Body.Segments}. */
  public String text() {
    return switch (body) {
      case Body.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case Body.Segments segments -> new String(segments.joined(), StandardCharsets.UTF_8);
      case Body.Empty _,Body.File _,Body.Stream _,Body.Upgrade _ -> "";
    };
  }
}
