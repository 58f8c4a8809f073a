package dev.edge4j.render.program;

import dev.edge4j.render.SafeHtml;
import dev.edge4j.render.html.State;
import dev.edge4j.render.model.Shape;
import org.jspecify.annotations.Nullable;

/** {@code {{{name}}}}: HTML that the application vouches for; any text where templates are trusted. */
final class PrintHtml implements Action {
  private final Ref ref;
  private final State state;
  private final boolean anyText;

  PrintHtml(Ref ref, State state, boolean anyText) {
    this.ref = ref;
    this.state = state;
    this.anyText = anyText;
  }

  @Override
  public void run(Rendering rendering) {
    print(rendering, rendering.value(ref));
  }

  private void print(Rendering rendering, @Nullable Object value) {
    if (value instanceof SafeHtml safe) {
      rendering.output().text(safe.html());
    } else if (value != null) {
      switch (Shape.of(value.getClass()).kind()) {
        case CODE -> rendering.output().text(rendering.lambda(ref, value, state));
        case LATE, HOLE -> print(rendering, rendering.await(ref, value));
        default -> any(rendering, value);
      }
    }
  }

  private void any(Rendering rendering, Object value) {
    if (!anyText) {
      throw ref.place.error("\"%s\" is a %s, which {{{ }}} does not print (expected: SafeHtml, or {{%s}})"
          .formatted(ref.name, value.getClass().getTypeName(), ref.name));
    }
    rendering.output().text(value.toString());
  }
}
