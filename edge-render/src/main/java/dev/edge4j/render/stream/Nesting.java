package dev.edge4j.render.stream;

import dev.edge4j.render.output.Output;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Which elements are open at the end of what is written so far, of those that decide whether a patch reaches a range there. A template of ours
 * knows the tag in front, and that is enough but for elements in each other: behind the end of an inner {@code svg} is the outer one, and
 * what is in a {@code template} is in no document. Confined to one rendering.
 */
final class Nesting {
  private static final Set<String> NARROW = Set.of("template", "svg", "math", "table", "select", "head");
  private static final Set<String> FOREIGN = Set.of("svg", "math");
  private static final Set<String> WIDE = Set.of("foreignobject", "td", "th", "caption", "body");

  private final Deque<String> open = new ArrayDeque<>();
  private int read;

  /** Begins there, where any element may stand. */
  Nesting(int from) {
    read = from;
  }

  /** Whether a patch reaches a range at the end of that, which stands between two tags. Each byte is read once. */
  boolean isReached(Output out) {
    var tags = new Tags(out.array(), read, out.length());
    while (tags.next()) {
      see(tags);
    }
    read = out.length();
    return !open.contains("template") && (open.isEmpty() || WIDE.contains(open.peek()));
  }

  private void see(Tags tags) {
    String name = tags.name();
    if (!NARROW.contains(name) && !WIDE.contains(name)) {
      return;
    }
    if (tags.isEnd()) {
      close(name);
    } else if (!(FOREIGN.contains(name) && tags.closesItself())) {
      open.push(name);
    }
  }

  /** Ends the innermost of that name and what is left open in it; what stands in front of a template is not its own. */
  private void close(String name) {
    for (String inner : open) {
      if (inner.equals(name)) {
        while (!open.pop().equals(name)) {
          // it had no end tag
        }
        return;
      }
      if (inner.equals("template")) {
        return;
      }
    }
  }
}
