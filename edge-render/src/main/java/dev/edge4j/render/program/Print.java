package dev.edge4j.render.program;

import dev.edge4j.render.html.Escaper;
import dev.edge4j.render.html.State;
import dev.edge4j.render.model.Shape;
import org.jspecify.annotations.Nullable;

/** {@code {{name}}}: a value, escaped for where it stands. */
final class Print implements Action {
  private final Ref ref;
  private final Escaper escaper;
  private final State state;

  Print(Ref ref, Escaper escaper, State state) {
    this.ref = ref;
    this.escaper = escaper;
    this.state = state;
  }

  @Override
  public void run(Rendering rendering) {
    print(rendering, rendering.value(ref));
  }

  private void print(Rendering rendering, @Nullable Object value) {
    if (value instanceof String text) {
      escaper.text(text, rendering.output());
    } else if (value == null) {
      escaper.absent(rendering.output());
    } else if (value instanceof Number) {
      escaper.value(value, rendering.output());
    } else {
      switch (Shape.of(value.getClass()).kind()) {
        case CODE -> escaper.text(rendering.lambda(ref, value, state), rendering.output());
        case LATE, HOLE -> print(rendering, rendering.await(ref, value));
        default -> escaper.value(value, rendering.output());
      }
    }
  }
}
