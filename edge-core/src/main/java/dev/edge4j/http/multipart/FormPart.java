package dev.edge4j.http.multipart;

import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One part of a form, a field or a file, while it arrives: its stream ends with the part. Valid until the next one is asked for. Confined to
 * one thread.
 */
public final class FormPart {
  private final PartHead head;
  private final InputStream stream;
  private final MultipartLimits limits;

  FormPart(PartHead head, InputStream stream, MultipartLimits limits) {
    this.head = head;
    this.stream = stream;
    this.limits = limits;
  }

  /** The name of the field. */
  public String name() {
    return head.name();
  }

  /** The file's name as the client calls it, without a path in front: never use it as a path. Absent for a field that is no file. */
  public Optional<String> filename() {
    return head.filename();
  }

  /** What the client takes it for; nothing has checked that. */
  public String mediaType() {
    return head.headers().first("Content-Type").orElse(MediaType.TEXT);
  }

  public Headers headers() {
    return head.headers();
  }

  /** The content. Reading it blocks until it arrives, and throws {@link MalformedFormException} where it is malformed or too large. */
  public InputStream stream() {
    return stream;
  }

  /** The content as UTF-8, of at most as many bytes as a field may have. */
  public String text() throws IOException {
    byte[] bytes = stream.readNBytes(limits.maxFieldBytes());
    if (stream.read() >= 0) {
      throw new MalformedFormException("field \"" + name() + "\" is longer than " + limits.maxFieldBytes() + " bytes",
          true);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
