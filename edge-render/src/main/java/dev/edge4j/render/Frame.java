package dev.edge4j.render;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context stack: a value and the frames around it. An absent value is a frame without names, so that {@code {{.}}} in it
 * prints nothing instead of what is further out.
 */
record Frame(@Nullable Object value, @Nullable Frame outer) {
  /**
   * The value of a name. The first part is looked up from here outwards, the others in what it gave. An absent value in the
   * middle makes the whole absent: {@code null}. A name that is nowhere gives {@link Members#MISSING}.
   */
  @Nullable
  Object find(Name name) throws ReflectiveOperationException {
    if (name.parts().isEmpty()) {
      return value;
    }
    Object found = first(name.parts().getFirst());
    for (int i = 1; i < name.parts().size() && found != null && found != Members.MISSING; i++) {
      found = unwrap(Members.read(found, name.parts().get(i)));
    }
    return found;
  }

  private @Nullable Object first(String part) throws ReflectiveOperationException {
    for (Frame frame = this; frame != null; frame = frame.outer) {
      Object found = Members.read(frame.value, part);
      if (found != Members.MISSING) {
        return unwrap(found);
      }
    }
    return Members.MISSING;
  }

  /** What an {@code Optional} holds, or {@code null}; other values as they are. */
  static @Nullable Object unwrap(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> unwrap(optional.orElse(null));
      case OptionalInt number -> number.isPresent() ? number.getAsInt() : null;
      case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
      case OptionalDouble number -> number.isPresent() ? number.getAsDouble() : null;
      case null, default -> value;
    };
  }

  /** Says which part of a name is unknown, in which types, and what it may have been meant to be. */
  String missing(Name name) throws ReflectiveOperationException {
    String part = name.parts().getFirst();
    Object found = first(part);
    if (found == Members.MISSING) {
      return "unknown name \"%s\" in %s%s".formatted(name.text(), types(), Closest.hint(part, names()));
    }
    int i = 0;
    Object holder = found;
    while (found != Members.MISSING) {
      holder = found;
      part = name.parts().get(++i);
      found = unwrap(Members.read(holder, part));
    }
    return "unknown name \"%s\": no \"%s\" in %s%s"
        .formatted(name.text(), part, type(holder), Closest.hint(part, Members.names(holder)));
  }

  private String types() {
    Set<String> types = new LinkedHashSet<>();
    for (Frame frame = this; frame != null; frame = frame.outer) {
      types.add(type(frame.value));
    }
    return String.join(", nor in ", types);
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Frame frame = this; frame != null; frame = frame.outer) {
      names.addAll(Members.names(frame.value));
    }
    return names;
  }

  private static String type(@Nullable Object value) {
    return value == null ? "an absent value" : value.getClass().getTypeName();
  }
}
