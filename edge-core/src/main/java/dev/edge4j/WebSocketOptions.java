package dev.edge4j;

import dev.edge4j.http.Origin;
import java.util.List;

/**
 * Who may open a WebSocket, and what may be agreed on.
 *
 * @param origins pages of which other origins may connect; a page of the request's own host always may, and so may a client that is no
 *        browser and names no origin
 * @param anyOrigin true if the page does not matter: then cookies must not matter either, for any page can send its visitors'
 * @param subprotocols those that the handler knows, the best first; the first that the client knows too is chosen
 * @param compression whether messages may be compressed
 */
public record WebSocketOptions(List<Origin> origins, boolean anyOrigin, List<String> subprotocols,
    Compression compression) {

  /** What permessage-deflate (RFC 7692) may do. The client decides whether it is used at all. */
  public enum Compression {
    /** It is declined. */
    OFF,
    /** Each message is compressed for itself, so that an idle connection holds no memory for it. */
    PER_MESSAGE,
    /** A message may refer to those before it: smaller, for some 300 KiB of memory per connection. */
    SHARED_CONTEXT
  }

  public WebSocketOptions {
    origins = List.copyOf(origins);
    subprotocols = List.copyOf(subprotocols);
    for (String each : subprotocols) {
      if (!Extension.TOKEN.matcher(each).matches()) {
        throw new IllegalArgumentException("subprotocol: \"" + each + "\" (expected: a token, RFC 6455 section 4.1)");
      }
    }
  }

  /** Pages of the own host alone, no subprotocols, each message compressed for itself. */
  public static WebSocketOptions defaults() {
    return new WebSocketOptions(List.of(), false, List.of(), Compression.PER_MESSAGE);
  }

  /** Lets pages of these other origins in: {@code https://app.example.com}. */
  public WebSocketOptions withOrigins(String... allowed) {
    return new WebSocketOptions(List.of(allowed).stream().map(Origin::of).toList(), false, subprotocols, compression);
  }

  /** Lets every page in. */
  public WebSocketOptions withAnyOrigin() {
    return new WebSocketOptions(origins, true, subprotocols, compression);
  }

  /** Sets the subprotocols that the handler knows, the best first. */
  public WebSocketOptions withSubprotocols(String... known) {
    return new WebSocketOptions(origins, anyOrigin, List.of(known), compression);
  }

  public WebSocketOptions withCompression(Compression newCompression) {
    return new WebSocketOptions(origins, anyOrigin, subprotocols, newCompression);
  }
}
