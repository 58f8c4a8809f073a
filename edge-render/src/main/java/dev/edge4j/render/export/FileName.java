package dev.edge4j.render.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;

/** Which file a path becomes. Pure. */
final class FileName {
  private static final int LONGEST = 250;
  /** What an export writes itself. */
  private static final Set<String> TAKEN = Set.of("_headers", "_redirects", "404.html", TargetFolder.MARKER);

  private FileName() {}

  /** Below the folder, with slashes; empty for a path that cannot be a file everywhere, or is taken. */
  static Optional<String> of(String path, boolean page, boolean folders) {
    String name = path.substring(1);
    if (page && (name.isEmpty() || name.endsWith("/"))) {
      name += "index.html";
    } else if (page && !name.endsWith(".html") && !name.endsWith(".htm")) {
      name += folders ? "/index.html" : ".html";
    }
    return isFile(name) && !TAKEN.contains(name) ? Optional.of(name) : Optional.empty();
  }

  private static boolean isFile(String name) {
    for (String segment : name.split("/", -1)) {
      boolean plain = segment.chars().noneMatch(c -> c < ' ' || c == 127 || "\\:*?\"<>|".indexOf(c) >= 0);
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..") || !plain || segment.contains("%2F")
          || segment.getBytes(UTF_8).length > LONGEST) {
        return false;
      }
    }
    return true;
  }
}
