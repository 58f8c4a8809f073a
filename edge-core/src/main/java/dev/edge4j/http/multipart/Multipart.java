package dev.edge4j.http.multipart;

import dev.edge4j.http.FieldParameters;
import dev.edge4j.http.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A form that is read part by part while it arrives ({@code multipart/form-data}, RFC 7578): no more of it is in memory than a buffer. Parts
 * come in the order in which the client sends them; the rest of one that was not read is skipped. Confined to one thread.
 */
public final class Multipart {
  /** RFC 2046 section 5.1.1. */
  private static final int MAX_BOUNDARY = 70;

  private final PartScanner scanner;
  private final MultipartLimits limits;
  private int parts;

  private Multipart(PartScanner scanner, MultipartLimits limits) {
    this.scanner = scanner;
    this.limits = limits;
  }

  /** True for the media type of such a form. */
  public static boolean isForm(String contentType) {
    return MediaType.essence(contentType).equals("multipart/form-data");
  }

  /** Reads a body of that {@code Content-Type}; throws {@link MalformedFormException} if it has no sound boundary. */
  public static Multipart of(String contentType, InputStream body, MultipartLimits limits)
      throws MalformedFormException {
    String boundary = FieldParameters.first(contentType, "boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY || !boundary.chars().allMatch(c -> c >= ' ' && c < 127)
        || boundary.endsWith(" ")) {
      throw new MalformedFormException("multipart: no boundary of 1 to 70 characters in the Content-Type", false);
    }
    return new Multipart(new PartScanner(body, boundary, limits.maxHeaderBytes()), limits);
  }

  /** The next part; empty behind the last one. Blocks until its beginning has arrived. */
  public Optional<FormPart> next() throws IOException {
    Optional<byte[]> head = scanner.nextHead();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    parts++;
    if (parts > limits.maxParts()) {
      throw new MalformedFormException("multipart: more than " + limits.maxParts() + " parts", true);
    }
    PartHead parsed = PartHead.parse(head.get(), limits);
    InputStream content = scanner.content(parsed.filename().isPresent() ? limits.maxFileBytes() : Long.MAX_VALUE);
    return Optional.of(new FormPart(parsed, content, limits));
  }
}
