package dev.edge4j.render.program;

import dev.edge4j.render.output.Output;
import java.util.List;

/**
 * Sees what of a rendering is the templates' own text and what the model's. Pieces of code and actions are in each other: code is texts with
 * actions between them, and an action has printed something, or run code. Used on the thread of the rendering.
 */
public interface Trace {
  /** Code begins that has these texts, one more than actions; the same list each time it runs. */
  void code(List<String> texts);

  /** The code that began last has ended. */
  void codeEnd();

  /** The next action of the code begins. */
  void action(Output out);

  /** The action that began last has ended. */
  void actionEnd(Output out);
}
