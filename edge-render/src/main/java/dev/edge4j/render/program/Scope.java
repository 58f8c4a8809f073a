package dev.edge4j.render.program;

import dev.edge4j.render.template.Node;
import java.util.Map;

/**
 * What surrounds nodes that are linked into their place.
 *
 * @param given the blocks that layout tags on the way here have given; the outermost wins
 * @param indent what each line begins with
 */
record Scope(Map<String, Node.Block> given, String indent) {
  static final Scope NONE = new Scope(Map.of(), "");

  Scope indented(String more) {
    return more.isEmpty() ? this : new Scope(given, indent + more);
  }
}
