package dev.edge4j.render.dev;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.OptionalLong;

/** Puts an element into a page: in front of the end of its body, or behind all, where browsers take it too. What was true of its bytes alone goes. */
final class Injection {
  private static final String END = "</body>";

  private Injection() {}

  /** The page with the element; what is no page, or is coded, as it is. */
  static Response into(Response response, String element) {
    String type = MediaType.essence(response.header("Content-Type").orElse(""));
    if (!type.equals("text/html") || response.headers().contains("Content-Encoding")) {
      return response;
    }
    byte[] added = element.getBytes(UTF_8);
    return switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> changed(response, new Body.Bytes(insert(bytes, added)));
      case Body.Segments segments -> changed(response, new Body.Bytes(insert(segments.joined(), added)));
      case Body.Stream stream -> changed(response, new Body.Stream(out -> {
        stream.writer().writeTo(out);
        out.write(added);
      }, OptionalLong.empty(), stream.trailers()));
      case Body.File file -> changed(response, new Body.Stream(out -> {
        file.writeTo(out);
        out.write(added);
      }));
      case Body.Empty _,Body.Upgrade _ -> response;
    };
  }

  private static Response changed(Response response, Body body) {
    Headers headers = response.headers()
        .without("ETag")
        .without("Last-Modified")
        .without("Content-Length")
        .without("Accept-Ranges")
        .with("Cache-Control", "no-store");
    return response.withHeaders(headers).withBody(body);
  }

  private static byte[] insert(byte[] page, byte[] added) {
    int end = new String(page, ISO_8859_1).toLowerCase(Locale.ROOT).lastIndexOf(END);
    int at = end < 0 ? page.length : end;
    var out = new ByteArrayOutputStream(page.length + added.length);
    out.write(page, 0, at);
    out.writeBytes(added);
    out.write(page, at, page.length - at);
    return out.toByteArray();
  }
}
