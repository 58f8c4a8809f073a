package dev.edge4j.render.program;

import dev.edge4j.render.model.Shape;
import dev.edge4j.render.output.Output;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Lends renderings, each with its buffer, so that a page costs the array it is returned in and no more. A thread looks at one place;
 * if that is empty it makes a new one. Safe for use by many threads.
 */
final class Renderings {
  private static final int PLACES = 64;
  /** A buffer that a rare page has blown up is not kept. */
  private static final int MAX_KEPT = 1 << 20;

  private final Library library;
  private final AtomicReferenceArray<Rendering> idle = new AtomicReferenceArray<>(PLACES);

  Renderings(Library library) {
    this.library = library;
  }

  byte[] render(Code code, Object model, Supplier<String> nonce) {
    int place = (int) Thread.currentThread().threadId() & PLACES - 1;
    Rendering kept = idle.getAndSet(place, null);
    Rendering rendering = kept == null ? new Rendering(library, new Output()) : kept;
    try {
      run(code, model, nonce, Deferral.IN_PLACE, rendering);
      return rendering.output().toBytes();
    } finally {
      if (rendering.output().array().length <= MAX_KEPT) {
        rendering.reset();
        idle.set(place, rendering);
      }
    }
  }

  static void run(Code code, Object model, Supplier<String> nonce, Deferral deferral, Rendering rendering) {
    rendering.begin(deferral, nonce);
    rendering.push(Shape.unwrap(model));
    code.run(rendering);
  }
}
