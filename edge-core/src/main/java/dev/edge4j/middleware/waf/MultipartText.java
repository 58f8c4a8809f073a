package dev.edge4j.middleware.waf;

import dev.edge4j.http.multipart.FormPart;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The fields in the beginning of a form with files, wherever it is cut, by the reader that applications have: heads of parts, and what is in those that
 * are no files. The content of files is not looked at: random bytes say anything.
 */
final class MultipartText {
  private static final int CHUNK = 1024;

  private MultipartText() {}

  /** Tells the name of each part with its header fields, and with its text. */
  static void in(String contentType, byte[] prefix, BiConsumer<String, String> found) {
    try {
      Multipart form = Multipart.of(contentType, new ByteArrayInputStream(prefix), MultipartLimits.defaults());
      for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
        String name = part.get().name();
        found.accept(name, name);
        part.get().headers().forEach((_, value) -> found.accept(name, value));
        if (part.get().filename().isEmpty()) {
          found.accept(name, text(part.get().stream()));
        }
      }
    } catch (IOException _) {
      // The prefix ends in a part, or the form is none: the application's own reader says so.
    }
  }

  /** As much as there is: that it is cut is known when it has been read. */
  private static String text(InputStream content) {
    var bytes = new ByteArrayOutputStream();
    var chunk = new byte[CHUNK];
    try {
      for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
        bytes.write(chunk, 0, count);
      }
    } catch (IOException _) {
      // What was read before is looked at, and the next part is not found either.
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
