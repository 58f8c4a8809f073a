package dev.edge4j.http.multipart;

import dev.edge4j.http.FieldParameters;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands before the content of a part (RFC 7578 section 4). Names come as browsers send them: UTF-8, with {@code %22}, {@code %0D} and
 * {@code %0A} for what cannot stand in quotation marks (WHATWG HTML, "multipart/form-data encoding algorithm").
 */
record PartHead(String name, Optional<String> filename, Headers headers) {
  private static final Pattern BACKSLASH = Pattern.compile("\\\\[\"\\\\]?");

  /** Reads the lines between a boundary and the empty line. */
  static PartHead parse(byte[] lines, MultipartLimits limits) throws MalformedFormException {
    Headers.Builder headers = Headers.builder();
    for (String line : latin(lines).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw malformed("a header field without a colon");
      }
      try {
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
      } catch (IllegalArgumentException e) {
        throw malformed("a header field that is none");
      }
    }
    return of(headers.build(), limits);
  }

  private static PartHead of(Headers headers, MultipartLimits limits) throws MalformedFormException {
    if (headers.all("Content-Disposition").size() != 1) {
      throw malformed("one Content-Disposition is expected");
    }
    String disposition = headers.first("Content-Disposition").orElseThrow();
    Optional<Map<String, String>> parameters = FieldParameters.parse(escaped(disposition));
    if (parameters.isEmpty() || !MediaType.essence(disposition).equals("form-data") || !parameters.get()
        .containsKey(
            "name")) {
      throw malformed("Content-Disposition is no form-data with a name");
    }
    String name = decode(parameters.get().getOrDefault("name", ""), limits);
    Optional<String> filename = Optional.empty();
    if (parameters.get().containsKey("filename")) {
      filename = Optional.of(withoutPath(decode(parameters.get().getOrDefault("filename", ""), limits)));
    }
    return new PartHead(name, filename, headers);
  }

  /** Browsers send a backslash as it is, other clients escape with it what has to be: any that escapes nothing is one. */
  private static String escaped(String disposition) {
    return BACKSLASH.matcher(disposition).replaceAll(found -> found.end() - found.start() > 1 ? "$0" : "\\\\$0");
  }

  private static String decode(String raw, MultipartLimits limits) throws MalformedFormException {
    if (raw.length() > limits.maxNameLength() * 4) {
      throw new MalformedFormException("multipart: a name is longer than " + limits.maxNameLength() + " characters",
          true);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder()
          .decode(ByteBuffer.wrap(raw.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("a name is no UTF-8");
    }
    String decoded = text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    if (decoded.length() > limits.maxNameLength()) {
      throw new MalformedFormException("multipart: a name is longer than " + limits.maxNameLength() + " characters",
          true);
    }
    return decoded;
  }

  /** Some clients send the path they have the file from. */
  private static String withoutPath(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static MalformedFormException malformed(String what) {
    return new MalformedFormException("multipart: " + what, false);
  }
}
