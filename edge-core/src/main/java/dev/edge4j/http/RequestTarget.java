package dev.edge4j.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What a request asks for: the path in the one form that every part of Edge4J sees, and the query as it stood.
 *
 * <p>The path is decoded once. Repeated slashes become one, and dot segments are removed, also when escaped ({@code %2e}). Two escapes survive, because decoding
 * them would change where a segment ends or what a later decoding means: {@code %2F} and {@code %25}; {@link #decode} turns
 * them back when a parameter is read. Control characters, backslashes, broken escapes, bytes that are not UTF-8 (overlong
 * forms included) and dot segments beside an escaped slash ({@code ..%2F}) are refused with {@link BadRequestException}. A slash at the end stays: {@code /a/} is not {@code /a}.
 *
 * <p>Source: RFC 3986 sections 2.4, 5.2.4 and 6.2.2.
 *
 * @param raw the target as received
 * @param path the normal form of the path, beginning with a slash; {@code *} in the asterisk form
 * @param query the text after the question mark, still encoded; empty if there is none
 */
public record RequestTarget(String raw, String path, String query) {
  private static final String ESCAPED_SLASH = "%2F";
  private static final String ESCAPED_PERCENT = "%25";
  private static final String ASTERISK = "*";

  /**
   * Reads the origin form ({@code /path?query}), the absolute form ({@code http://host/path?query}) or the asterisk form ({@code *},
   * for OPTIONS alone) of a target.
   */
  public static RequestTarget parse(String raw) {
    if (raw.equals(ASTERISK)) {
      return new RequestTarget(raw, ASTERISK, "");
    }
    if (raw.indexOf('#') >= 0) {
      throw new BadRequestException("request target: \"" + raw + "\" (expected: no fragment, RFC 9112 section 3.2)");
    }
    String target = originForm(raw);
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return new RequestTarget(raw, normalize(path), mark < 0 ? "" : target.substring(mark + 1));
  }

  private static String originForm(String raw) {
    if (raw.startsWith("/")) {
      return raw;
    }
    int scheme = raw.indexOf("://");
    if (scheme <= 0 || !isOurs(raw.substring(0, scheme))) {
      throw new BadRequestException("request target: \"" + raw + "\" (expected: a path that begins with a slash)");
    }
    int end = scheme + 3;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    if (!Authority.isValid(raw.substring(scheme + 3, end))) {
      throw new BadRequestException("request target: \"" + raw + "\" (expected: a host and perhaps a port after ://)");
    }
    String rest = raw.substring(end);
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  /** The schemes that a server answers for (RFC 9110 section 4.2). */
  private static boolean isOurs(String scheme) {
    return scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
  }

  /** The normal form of a raw path, as the class description says. */
  public static String normalize(String rawPath) {
    String decoded = rawPath.indexOf('%') < 0 ? rawPath : decodeOnce(rawPath);
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c < ' ' || c == 127 || c == '\\') {
        throw new BadRequestException("path holds a control character or a backslash");
      }
    }
    checkEscapedSlashes(decoded);
    String merged = decoded.contains("//") ? mergeSlashes(decoded) : decoded;
    return merged.contains("/.") ? removeDotSegments(merged) : merged;
  }

  /** {@code ..%2F} is no dot segment here, but would be one as soon as a parameter is decoded. */
  private static void checkEscapedSlashes(String path) {
    if (!path.contains(ESCAPED_SLASH)) {
      return;
    }
    for (String segment : path.split("/", -1)) {
      if (segment.contains(ESCAPED_SLASH)) {
        for (String part : segment.split(ESCAPED_SLASH, -1)) {
          if (part.equals(".") || part.equals("..")) {
            throw new BadRequestException("path: \"" + path + "\" (expected: no dot segment beside an escaped slash)");
          }
        }
      }
    }
  }

  /** Who maps a path to a file or to another server sees no difference between one slash and two; a guard may not either. */
  private static String mergeSlashes(String path) {
    var merged = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
        merged.append(path.charAt(i));
      }
    }
    return merged.toString();
  }

  /** A path in its normal form as it may stand in a URI: what cannot stand there itself is escaped (RFC 3986 section 3.3). */
  public static String encode(String path) {
    var encoded = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b > ' ' && (Character.isLetterOrDigit(b) || "/%-._~!$&'()*+,;=:@".indexOf(b) >= 0)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** True for the asterisk form, which asks about the server as a whole (RFC 9112 section 3.2.4). */
  public boolean isAsterisk() {
    return path.equals(ASTERISK);
  }

  /** The same target with another path in normal form; {@link #raw} stays what the client sent. */
  public RequestTarget withPath(String newPath) {
    return new RequestTarget(raw, newPath, query);
  }

  /** What the client asked for: the path with the prefixes of all that the application is mounted in, as an answer has to name it. */
  public RequestTarget asked() {
    return parse(raw);
  }

  /** The same in the origin form, which names no host. */
  RequestTarget withoutAuthority() {
    return isAsterisk() || raw.startsWith("/") ? this : new RequestTarget(originForm(raw), path, query);
  }

  /** The host and port that the client asked for: those of an absolute target, or else of the {@code Host} field (RFC 9112 section 3.3). */
  String authority(Headers headers) {
    int scheme = raw.startsWith("/") ? -1 : raw.indexOf("://");
    return scheme < 0 ? headers.first("Host").orElse("") : raw.substring(scheme + 3).split("[/?]", 2)[0];
  }

  /** The host of {@link #authority}, in lower case, without port, user or a last dot; empty if there is none. */
  String host(Headers headers) {
    String authority = authority(headers);
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    int port = host.indexOf(':', host.lastIndexOf(']') + 1);
    String name = port < 0 ? host : host.substring(0, port);
    return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
  }

  /** Turns what {@link #path} still escapes back into characters: the value of a path parameter. */
  public static String decode(String part) {
    return part.indexOf('%') < 0 ? part : part.replace(ESCAPED_SLASH, "/").replace(ESCAPED_PERCENT, "%");
  }

  private static String decodeOnce(String text) {
    var bytes = new ByteArrayOutputStream(text.length());
    int at = 0;
    for (int mark = text.indexOf('%'); mark >= 0; mark = text.indexOf('%', at)) {
      bytes.writeBytes(text.substring(at, mark).getBytes(StandardCharsets.UTF_8));
      int value = escape(text, mark);
      if (value == '/' || value == '%') {
        bytes.writeBytes((value == '/' ? ESCAPED_SLASH : ESCAPED_PERCENT).getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(value);
      }
      at = mark + 3;
    }
    bytes.writeBytes(text.substring(at).getBytes(StandardCharsets.UTF_8));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new BadRequestException("path: \"" + text + "\" (expected: escapes that are UTF-8)");
    }
  }

  private static int escape(String text, int at) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw new BadRequestException("path: \"" + text + "\" (expected: two hexadecimal digits after each %)");
    }
    return high << 4 | low;
  }

  private static String removeDotSegments(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean last = i == segments.length - 1;
      switch (segments[i]) {
        case "." -> {
          if (last) {
            kept.add("");
          }
        }
        case ".." -> {
          if (!kept.isEmpty()) {
            kept.removeLast();
          }
          if (last) {
            kept.add("");
          }
        }
        default -> kept.add(segments[i]);
      }
    }
    return "/" + String.join("/", kept);
  }
}
