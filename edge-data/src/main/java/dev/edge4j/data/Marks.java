package dev.edge4j.data;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Collects how far a value reaches that is being made: of each class of data the earliest position that one of its reads may have
 * shown.
 */
final class Marks {
  private final AtomicReference<Bookmark> mark = new AtomicReference<>(Bookmark.NONE);

  void add(String name, Position atLeast) {
    mark.updateAndGet(before -> {
      Optional<Position> known = Optional.ofNullable(before.positions().get(name));
      Position earlier = known.map(position -> earlier(position, atLeast)).orElse(atLeast);
      return before.without(name).with(name, earlier);
    });
  }

  Bookmark mark() {
    return mark.get();
  }

  /** Of two histories nothing is known: nobody who has written is shown the value. */
  private static Position earlier(Position a, Position b) {
    if (!a.history().equals(b.history())) {
      return Position.START;
    }
    return a.includes(b) ? b : a;
  }
}
