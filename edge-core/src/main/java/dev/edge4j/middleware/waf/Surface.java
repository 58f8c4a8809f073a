package dev.edge4j.middleware.waf;

import dev.edge4j.Context;
import dev.edge4j.http.Cookies;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Parameters;
import dev.edge4j.http.multipart.Multipart;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What of a request an attacker writes, value by value, as the application will read it: by the same readers where there are any, for a firewall that reads otherwise
 * than the application protects another one.
 */
final class Surface {
  private static final int MAX_ARGUMENTS = 512;
  private static final int MAX_NAME = 256;
  private static final int MAX_HEADER = 8_192;

  private static final List<String> MEDIA = List.of("image", "audio", "video", "font");
  private static final List<String> BINARY = List.of("application/octet-stream", "application/zip", "application/gzip",
      "application/pdf", "application/protobuf", "application/x-protobuf", "application/wasm", "application/cbor",
      "application/msgpack");

  private final Inspection inspection;

  Surface(Inspection inspection) {
    this.inspection = inspection;
  }

  /** Looks at all of a request but its body, and at the body as far as it is there. */
  void look(Context c, boolean withBody) {
    String raw = c.request().target().raw();
    int mark = raw.indexOf('?');
    inspection.look(new Place(Place.Kind.PATH, ""), mark < 0 ? raw : raw.substring(0, mark));
    if (mark >= 0) {
      query(c, raw.substring(mark + 1));
    }
    headers(c.headers());
    for (Cookies.Sent cookie : Cookies.all(c.headers())) {
      Place place = new Place(Place.Kind.COOKIE, cookie.name());
      inspection.look(place, cookie.name());
      inspection.look(place, cookie.value());
    }
    if (withBody) {
      body(c.header("Content-Type").orElse(""), c.bodyPrefix());
    }
  }

  private void query(Context c, String raw) {
    if (isOverlong(raw)) {
      inspection.found(Anomaly.OVERLONG, new Place(Place.Kind.QUERY, ""));
    }
    arguments(Place.Kind.QUERY, c.query());
  }

  /** The decoder puts a replacement in the place of over-long UTF-8, so it must be seen before: %c0 or %c1 with what continues it. */
  private static boolean isOverlong(String raw) {
    for (int i = raw.indexOf('%'); i >= 0 && i + 5 < raw.length(); i = raw.indexOf('%', i + 1)) {
      if ((raw.charAt(i + 1) | 0x20) == 'c' && (raw.charAt(i + 2) == '0' || raw.charAt(i + 2) == '1') && raw.charAt(i
          + 3) == '%' && "89abAB".indexOf(raw.charAt(i + 4)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private void arguments(Place.Kind kind, Parameters parameters) {
    int count = 0;
    for (String name : parameters.toMap().keySet()) {
      Place place = new Place(kind, name);
      argument(place, name);
      if (name.length() > MAX_NAME) {
        inspection.found(Anomaly.LONG_NAME, place);
      }
      for (String value : parameters.all(name)) {
        count++;
        argument(place, value);
      }
    }
    if (count > MAX_ARGUMENTS) {
      inspection.found(Anomaly.MANY_ARGUMENTS, new Place(kind, ""));
    }
  }

  private void argument(Place place, String value) {
    inspection.look(place, value);
    boolean control = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0) {
        inspection.found(Anomaly.NUL, place);
      } else if (c == '\ufffd') {
        inspection.found(Anomaly.NOT_UTF8, place);
      }
      control |= (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != 0) || c == 127;
    }
    if (control) {
      inspection.found(Anomaly.CONTROL, place);
    }
  }

  private void headers(Headers headers) {
    headers.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Cookie") && !name.equalsIgnoreCase("Authorization")) { // the one is read by itself, the other a secret
        Place place = new Place(Place.Kind.HEADER, name);
        inspection.look(place, value);
        if (value.length() > MAX_HEADER) {
          inspection.found(Anomaly.LONG_HEADER, place);
        }
      }
    });
    List<String> types = headers.all("Content-Type");
    if (types.size() > 1 || (types.size() == 1 && !types.getFirst().isEmpty() && !isMediaType(types.getFirst()))) {
      inspection.found(Anomaly.CONTENT_TYPE, new Place(Place.Kind.HEADER, "Content-Type"));
    }
  }

  /** A type, a slash, a subtype, of the characters that registered types have (RFC 6838 section 4.2). */
  private static boolean isMediaType(String value) {
    String essence = MediaType.essence(value);
    int slash = essence.indexOf('/');
    return slash > 0 && slash < essence.length() - 1 && essence.chars()
        .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$&-^_.+/".indexOf(c) >= 0) && essence
            .indexOf('/', slash + 1) < 0;
  }

  private void body(String contentType, byte[] prefix) {
    String essence = MediaType.essence(contentType);
    if (prefix.length == 0 || isBinary(essence)) {
      return;
    }
    if (Multipart.isForm(contentType)) {
      MultipartText.in(contentType, prefix, (name, value) -> inspection.look(new Place(Place.Kind.BODY, name), value));
      return;
    }
    String text = new String(prefix, StandardCharsets.UTF_8);
    if (essence.equals(MediaType.FORM)) {
      arguments(Place.Kind.BODY, Parameters.parse(text));
    } else if (MediaType.isJson(contentType)) {
      json(text);
    } else {
      inspection.look(new Place(Place.Kind.BODY, ""), text);
    }
  }

  /** UTF-16 would hide what it says; RFC 8259 section 8.1 has no other than UTF-8. */
  private void json(String text) {
    if (text.indexOf('\0') >= 0) {
      inspection.found(Anomaly.NOT_TEXT, new Place(Place.Kind.BODY, ""));
    }
    JsonStrings.in(text, (name, value) -> inspection.look(new Place(Place.Kind.BODY, name), value));
  }

  private static boolean isBinary(String essence) {
    String type = essence.substring(0, Math.max(0, essence.indexOf('/')));
    return (MEDIA.contains(type) && !essence.equals(MediaType.SVG)) || BINARY.contains(essence) || essence.startsWith(
        "application/grpc");
  }
}
