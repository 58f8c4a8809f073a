package dev.edge4j.state.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.state.store.Slot;

/** A text that is answered without the object. */
public record AutoResponse(String request, String response) {
  private static final int MOST = 2_048;
  static final Slot SLOT = new Slot(Slot.Kind.SOCKET, "auto");

  /** Throws {@link IllegalArgumentException} for texts over 2,048 bytes, and for an empty request. */
  public AutoResponse {
    if (request.isEmpty() || request.getBytes(UTF_8).length > MOST || response.getBytes(UTF_8).length > MOST) {
      throw new IllegalArgumentException("auto-response: " + request.length() + " and " + response.length()
          + " characters (expected: a request that is not empty, at most " + MOST + " bytes each)");
    }
  }

  byte[] write() {
    return (request.length() + ":" + request + response).getBytes(UTF_8);
  }

  static AutoResponse read(byte[] value) {
    String text = new String(value, UTF_8);
    int colon = text.indexOf(':');
    int end = colon + 1 + Integer.parseInt(text, 0, colon, 10);
    return new AutoResponse(text.substring(colon + 1, end), text.substring(end));
  }
}
