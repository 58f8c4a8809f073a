package dev.edge4j.render.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accessors of maps and of their entries. */
final class Entries {
  private Entries() {}

  /** The value of a key. */
  static final class OfMap extends Accessor {
    private final String name;

    OfMap(String name) {
      this.name = name;
    }

    @Override
    public @Nullable Object read(Object target) {
      try {
        var map = (Map<?, ?>) target;
        Object value = map.get(name);
        return value != null || map.containsKey(name) ? value : MISSING;
      } catch (ClassCastException _) { // a sorted map whose keys are not strings
        return MISSING;
      }
    }
  }

  /** One of the two halves of an entry. */
  static final class OfEntry extends Accessor {
    private final boolean key;

    OfEntry(boolean key) {
      this.key = key;
    }

    @Override
    public @Nullable Object read(Object target) {
      var entry = (Map.Entry<?, ?>) target;
      return key ? entry.getKey() : entry.getValue();
    }
  }
}
