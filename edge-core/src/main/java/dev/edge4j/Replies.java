package dev.edge4j;

import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;

/** The plain ways to answer, which a {@link Context} has. What is made here is not sent: a handler returns it. */
public sealed interface Replies permits Context {
  /** What turns values into JSON. */
  JsonCodec codec();

  default Response text(String text) {
    return Response.text(200, text);
  }

  default Response text(int status, String text) {
    return Response.text(status, text);
  }

  default Response html(String html) {
    return Response.html(200, html);
  }

  default Response html(int status, String html) {
    return Response.html(status, html);
  }

  default Response json(Object value) {
    return json(200, value);
  }

  default Response json(int status, Object value) {
    return Response.bytes(status, MediaType.JSON, codec().write(value));
  }

  /** 303: the client goes there with GET. */
  default Response redirect(String location) {
    return Response.redirect(303, location);
  }

  /** With 301, 302, 303, 307 or 308; {@link IllegalArgumentException} for another status. */
  default Response redirect(int status, String location) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> Response.redirect(status, location);
      default -> throw new IllegalArgumentException("status of a redirect: " + status
          + " (expected: 301, 302, 303, 307 or 308)");
    };
  }

  /** 204. */
  default Response empty() {
    return Response.of(204);
  }
}
