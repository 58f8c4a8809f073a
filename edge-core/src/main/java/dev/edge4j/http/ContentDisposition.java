package dev.edge4j.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes {@code Content-Disposition} (RFC 6266): whether a browser shows or saves, and under which name. */
public final class ContentDisposition {
  /** What may stand in an extended value as it is (RFC 8187 section 3.2.1). */
  private static final String ATTRIBUTE = "!#$&+-.^_`|~";

  private ContentDisposition() {}

  /**
   * To be saved under that name. A name of other letters than ASCII has them in {@code filename*}, and a substitute for old clients beside. Whatever a
   * file system or a shell could take for something else (slashes, control characters, a leading dot) is replaced by an underscore.
   */
  public static String attachment(String filename) {
    return "attachment" + name(filename);
  }

  /** To be shown, and saved under that name if the reader wants to. */
  public static String inline(String filename) {
    return "inline" + name(filename);
  }

  private static String name(String filename) {
    String safe = safe(filename);
    if (Tokens.isToken(safe) && safe.indexOf('%') < 0) { // some clients decode escapes here too
      return "; filename=" + safe;
    }
    String ascii = safe.replaceAll("[^\\x20-\\x7E]", "_").replace('%', '_');
    String plain = "; filename=\"" + ascii.replace("\"", "_") + '"';
    return ascii.equals(safe) && safe.indexOf('"') < 0 ? plain : plain + "; filename*=UTF-8''" + extended(safe);
  }

  private static String safe(String filename) {
    String safe = filename.replaceAll("[\\p{Cntrl}\\p{Cf}/\\\\:*?<>|]", "_")
        .strip()
        .replaceFirst("^\\.+", "_");
    return safe.isEmpty() ? "_" : safe;
  }

  private static String extended(String text) {
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 128 && (Character.isLetterOrDigit(c) || ATTRIBUTE.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
