package dev.edge4j.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a source file between {@code // tag::name[]} and {@code // end::name[]}. */
final class Region {
  private Region() {}

  /** The region without its indentation, without the tags of others, and without blank lines at its ends; empty if there is none. */
  static Optional<List<String>> of(List<String> source, String name) {
    var found = new ArrayList<String>();
    boolean inside = false;
    boolean closed = false;
    for (String line : source) {
      String text = line.strip();
      if (text.equals("// tag::" + name + "[]")) {
        inside = true;
      } else if (text.equals("// end::" + name + "[]")) {
        closed |= inside;
        inside = false;
      } else if (inside && !isTag(text)) {
        found.add(line);
      }
    }
    return closed && !inside ? Optional.of(outdented(found)) : Optional.empty();
  }

  private static boolean isTag(String text) {
    return text.startsWith("// tag::") || text.startsWith("// end::");
  }

  private static List<String> outdented(List<String> lines) {
    return String.join("\n", lines).stripIndent().strip().lines().map(String::stripTrailing).toList();
  }
}
