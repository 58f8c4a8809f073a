package dev.edge4j;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers the opening handshake of a WebSocket (RFC 6455 section 4.2). Waits for nothing, so it may run inline. */
final class WebSocketHandshake implements Handler {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final String VERSION = "13";
  /** 16 bytes in Base64. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

  private final WebSocketHandler handler;
  private final WebSocketOptions options;

  WebSocketHandshake(WebSocketHandler handler, WebSocketOptions options) {
    this.handler = handler;
    this.options = options;
  }

  @Override
  public Response handle(Context c) {
    Headers headers = c.headers();
    if (!c.method().equals(Method.GET) || !has(headers, "Upgrade", "websocket")
        || !has(headers, "Connection", "upgrade")) {
      throw upgradeRequired("this is a WebSocket (expected: GET with Upgrade: websocket and Connection: Upgrade)");
    }
    if (!headers.all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      throw upgradeRequired("Sec-WebSocket-Version: " + String.join(", ", headers.all("Sec-WebSocket-Version"))
          + " (expected: " + VERSION + ")");
    }
    checkBodiless(headers);
    String key = key(headers);
    if (!mayConnect(c)) {
      throw new Forbidden("a page of another site may not open this WebSocket");
    }
    Optional<String> subprotocol = subprotocol(headers);
    Optional<PerMessageDeflate> compression = PerMessageDeflate.agree(offers(headers), options.compression());
    var fields = Headers.builder()
        .add("Upgrade", "websocket")
        .add("Connection", "Upgrade")
        .add("Sec-WebSocket-Accept", accept(key));
    subprotocol.ifPresent(chosen -> fields.add("Sec-WebSocket-Protocol", chosen));
    compression.ifPresent(agreed -> fields.add("Sec-WebSocket-Extensions", agreed.toString()));
    var upgrade = new WebSocketUpgrade(c.copy(c.part()), handler, subprotocol, compression);
    return new Response(101, fields.build(), new Body.Upgrade(upgrade));
  }

  private static boolean has(Headers headers, String name, String token) {
    return headers.list(name).stream().anyMatch(token::equalsIgnoreCase);
  }

  private static HttpError upgradeRequired(String detail) {
    return new HttpError(426, detail,
        Headers.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", VERSION));
  }

  /** Bytes of a body would be read as frames. */
  private static void checkBodiless(Headers headers) {
    if (headers.contains("Transfer-Encoding") || headers.all("Content-Length").stream().anyMatch(l -> !l.equals("0"))) {
      throw new HttpError(400, "the request has a body (expected: none, for a WebSocket follows)");
    }
  }

  private static String key(Headers headers) {
    List<String> keys = headers.all("Sec-WebSocket-Key");
    if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
      throw new HttpError(400, "Sec-WebSocket-Key (expected: once, 16 bytes in Base64)");
    }
    return keys.getFirst();
  }

  /** A browser always says which page wants to connect, and sends the visitor's cookies along for any page (section 10.2). */
  private boolean mayConnect(Context c) {
    List<String> named = c.headers().all("Origin");
    if (options.anyOrigin() || named.isEmpty()) {
      return true;
    }
    Optional<Origin> origin = named.size() == 1 ? Origin.parse(named.getFirst()) : Optional.empty();
    return origin.filter(o -> options.origins().contains(o) || o.isOf(c.request().authority())).isPresent();
  }

  private Optional<String> subprotocol(Headers headers) {
    List<String> known = headers.list("Sec-WebSocket-Protocol");
    return options.subprotocols().stream().filter(known::contains).findFirst();
  }

  private static List<Extension> offers(Headers headers) {
    List<Extension> offers = new ArrayList<>();
    for (String member : headers.list("Sec-WebSocket-Extensions")) {
      offers.add(Extension.parse(member)
          .orElseThrow(() -> new HttpError(400,
              "Sec-WebSocket-Extensions breaks the grammar of RFC 6455 section 9.1")));
    }
    return offers;
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
