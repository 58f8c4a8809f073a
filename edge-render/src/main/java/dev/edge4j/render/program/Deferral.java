package dev.edge4j.render.program;

import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a section whose value is not there yet, or is another for each visitor. It may render the piece into the
 * rendering's output, now, or keep the piece and leave something else behind. Used on the thread of the rendering.
 */
public interface Deferral {
  /** Waits, and renders in place. */
  Deferral IN_PLACE = new Deferral() {
    @Override
    public void late(Late<?> value, Piece piece, Rendering rendering) throws Exception {
      piece.render(value.await().orElse(null), rendering.output(), this);
    }

    @Override
    public void hole(Hole<?> value, Piece piece, Rendering rendering) throws Exception {
      if (!value.isFilled()) {
        throw piece.place()
            .error("\"%s\" is a hole that nothing fills (expected: views.segments, or Hole.of)".formatted(piece
                .name()));
      }
      piece.alone().renderEither(filled(value), rendering.output(), this);
    }
  };

  /** A section whose value is late. What is thrown fails the rendering. */
  void late(Late<?> value, Piece piece, Rendering rendering) throws Exception;

  /** A section whose value is a hole, with the inverted section right behind. What is thrown fails the rendering. */
  void hole(Hole<?> value, Piece piece, Rendering rendering) throws Exception;

  /** What a late value or a hole is to {@code {{name}}}: always waited for. */
  static @Nullable Object await(Object value) throws Exception {
    return switch (value) {
      case Late<?> late -> late.await().orElse(null);
      case Hole<?> hole -> filled(hole);
      default -> value;
    };
  }

  private static @Nullable Object filled(Hole<?> hole) throws Exception {
    return hole.runsInPlace() ? hole.await().orElse(null) : hole.begin().await().orElse(null);
  }
}
