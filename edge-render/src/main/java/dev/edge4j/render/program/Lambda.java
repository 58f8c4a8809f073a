package dev.edge4j.render.program;

import dev.edge4j.render.html.State;
import dev.edge4j.render.template.Delimiters;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lambdas of the Mustache specification, for trusted templates and models alone: what they return is read as a template. It is
 * compiled anew each time, since keeping every text that was ever returned would fill the memory.
 */
final class Lambda {
  private Lambda() {}

  static boolean isSection(Library library, Object value) {
    return !library.isStrict() && value instanceof Function<?, ?>;
  }

  /** What stands in place of {@code {{name}}}: the result with the default delimiters. */
  static Code variable(Library library, Ref ref, Supplier<?> lambda, State state) {
    return library.inline(ref.place, String.valueOf(lambda.get()), Delimiters.DEFAULT, state);
  }

  /** What stands in place of a section: the result for its source, with the delimiters of the place. */
  @SuppressWarnings("unchecked") // a lambda that does not take text fails with a ClassCastException, which is what it is
  static Code section(Library library, Section section, Object lambda) {
    Object result = ((Function<String, ?>) lambda).apply(section.inside().source());
    return library.inline(section.ref().place, String.valueOf(result), section.inside().delimiters(), section.state());
  }
}
