package dev.edge4j.testing;

import dev.edge4j.http.Headers;
import dev.edge4j.wire.Blanks;
import java.util.Locale;
import java.util.Set;

/** Header fields as the other side of a connection sees them. */
final class Fields {
  /** What the server says about a connection, not what an application answers. */
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "connection", "date");

  private Fields() {}

  /** The fields that an application set. */
  static Headers ofApplication(Headers headers) {
    Headers.Builder fields = Headers.builder();
    headers.forEach((name, value) -> {
      if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        fields.add(name, Blanks.trimmed(value));
      }
    });
    return fields.build();
  }
}
