package dev.edge4j.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request asks for: the path in the one form that every part of Edge4J sees, and the query as it stood.
 *
 * <p>The path is decoded once. Dot segments are removed, also when escaped ({@code %2e}). Two escapes survive, because decoding
 * them would change where a segment ends or what a later decoding means: {@code %2F} and {@code %25}; {@link #decode} turns
 * them back when a parameter is read. Control characters, backslashes, broken escapes and bytes that are not UTF-8 (overlong
 * forms included) are refused with {@link BadRequestException}. Repeated slashes are kept: {@code /a//b} is not {@code /a/b}.
 *
 * <p>Source: RFC 3986 sections 2.4, 5.2.4 and 6.2.2.
 *
 * @param raw the target as received
 * @param path the normal form of the path, beginning with a slash
 * @param query the text after the question mark, still encoded; empty if there is none
 */
public record RequestTarget(String raw, String path, String query) {

  /** Reads the origin form ({@code /path?query}) or the absolute form ({@code http://host/path?query}) of a target. */
  public static RequestTarget parse(String raw) {
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
    if (scheme <= 0 || !raw.chars().limit(scheme).allMatch(RequestTarget::isOfScheme)) {
      throw new BadRequestException("request target: \"" + raw + "\" (expected: a path that begins with a slash)");
    }
    for (int i = scheme + 3; i < raw.length(); i++) {
      if (raw.charAt(i) == '/') {
        return raw.substring(i);
      }
      if (raw.charAt(i) == '?') {
        return "/" + raw.substring(i);
      }
    }
    return "/";
  }

  /** A character of a scheme (RFC 3986 section 3.1). */
  private static boolean isOfScheme(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0;
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
    return decoded.contains("/.") ? removeDotSegments(decoded) : decoded;
  }

  /** Turns what {@link #path} still escapes back into characters: the value of a path parameter. */
  public static String decode(String part) {
    return part.indexOf('%') < 0 ? part : part.replace("%2F", "/").replace("%25", "%");
  }

  private static String decodeOnce(String text) {
    var bytes = ByteBuffer.allocate(text.length() * 3);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int value = escape(text, i);
      i += 2;
      if (value == '/') {
        bytes.put((byte) '%').put((byte) '2').put((byte) 'F');
      } else if (value == '%') {
        bytes.put((byte) '%').put((byte) '2').put((byte) '5');
      } else {
        bytes.put((byte) value);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
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
