package dev.edge4j.render.program;

import dev.edge4j.render.template.Place;
import org.jspecify.annotations.Nullable;

/** A template in itself: its code is looked up when it is first needed, as it is not there while it is compiled. */
final class Call implements Action {
  private final Place place;
  private final Library library;
  private final Library.Key key;
  private volatile @Nullable Code code;

  Call(Place place, Library library, Library.Key key) {
    this.place = place;
    this.library = library;
    this.key = key;
  }

  @Override
  public void run(Rendering rendering) {
    Code known = code;
    if (known == null) {
      known = library.code(key);
      code = known;
    }
    rendering.enter(place, known);
  }
}
