package dev.edge4j.render.program;

import dev.edge4j.render.html.State;
import dev.edge4j.render.template.Node;

/**
 * {@code {{#name}}...{{/name}}}, with the inverted section of the same name right behind it, if there is one.
 *
 * @param otherwise what is rendered if the value is false
 * @param between white space that stood between the two sections
 * @param inside the source, for a lambda
 * @param state where in the document it stands
 */
record Section(Ref ref, Code body, Code otherwise, Code between, Node.Inside inside, State state, int ordinal)
    implements
      Action {
  @Override
  public void run(Rendering rendering) {
    rendering.section(this, rendering.value(ref));
  }
}
