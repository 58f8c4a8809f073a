package dev.edge4j.render.asset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reference of one asset to another.
 *
 * @param insertAt where in the referring file the hash goes, a byte's index
 * @param target the name of the other in the folder
 */
record Reference(int insertAt, String target) {
  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

  /**
   * The references of a file to others of its folder, those that are not there too; none for a file that is neither style sheet nor script. What names a scheme or
   * a host, and what leads out of the folder, is somebody else's.
   *
   * @param text the file, one character for each byte: so nothing of it changes, whatever it is encoded in
   */
  static List<Reference> in(String name, String text, String prefix) {
    if (name.endsWith(".css")) {
      return CssReferences.in(text).stream().flatMap(span -> of(name, text, span, prefix, false).stream()).toList();
    }
    if (name.endsWith(".js") || name.endsWith(".mjs")) {
      return ScriptReferences.in(text).stream().flatMap(span -> of(name, text, span, prefix, true).stream()).toList();
    }
    return List.of();
  }

  private static Optional<Reference> of(String name, String text, Span span, String prefix, boolean script) {
    String raw = text.substring(span.start(), span.end());
    String path = raw.split("[?#]", 2)[0];
    if (isFolder(path) || ABSOLUTE.matcher(raw).matches() || path.startsWith("//") || (script && isBare(path, text,
        span))) {
      return Optional.empty();
    }
    Optional<String> target = path.startsWith("/") ? below(prefix, path)
        : inside(name.substring(0, name.lastIndexOf(
            '/') + 1) + utf8(path));
    return target.map(found -> new Reference(span.start() + hashAt(path), found));
  }

  /** A folder is no file of it: {@code new URL("./", import.meta.url)} is the beginning of addresses that a script makes. */
  private static boolean isFolder(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.isBlank() || last.equals(".") || last.equals("..");
  }

  /** A bare name in an import is looked up in an import map; a source map and a URL may be named so. */
  private static boolean isBare(String path, String text, Span span) {
    boolean imported = span.start() > 0 && "\"'".indexOf(text.charAt(span.start() - 1)) >= 0
        && !text.substring(Math.max(0, span.start() - 12), span.start()).replaceAll("\\s", "").contains("URL(");
    return imported && !path.startsWith("./") && !path.startsWith("../") && !path.startsWith("/");
  }

  private static Optional<String> below(String prefix, String path) {
    return path.startsWith(prefix + "/") ? inside(utf8(path.substring(prefix.length() + 1))) : Optional.empty();
  }

  private static String utf8(String path) {
    String text = new String(path.getBytes(ISO_8859_1), UTF_8);
    try {
      return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      return text; // a broken escape names nothing, which is reported
    }
  }

  /** Without {@code .} and {@code ..}; empty for what leaves the folder. */
  private static Optional<String> inside(String path) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (segments.pollLast() == null) {
          return Optional.empty();
        }
      } else if (!segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return Optional.of(String.join("/", segments));
  }

  /** In front of the ending of a name, or at its end if it has none. */
  static int hashAt(String path) {
    int dot = path.lastIndexOf('.');
    return dot > path.lastIndexOf('/') + 1 ? dot : path.length();
  }
}
