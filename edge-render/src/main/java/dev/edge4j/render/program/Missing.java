package dev.edge4j.render.program;

import dev.edge4j.render.model.Accessor;
import dev.edge4j.render.model.Closest;
import dev.edge4j.render.model.Shape;
import dev.edge4j.render.template.Name;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says which part of a name is unknown, in which types, and what it may have been meant to be. */
final class Missing {
  private Missing() {}

  static String message(Name name, @Nullable Object[] frames, int top) {
    String part = name.parts().getFirst();
    for (int i = top; i >= 0; i--) {
      Object found = read(frames[i], part);
      if (found != Accessor.MISSING) {
        return inPath(name, found);
      }
    }
    Set<String> types = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (int i = top; i >= 0; i--) {
      types.add(type(frames[i]));
      names.addAll(Shape.names(frames[i]));
    }
    return "unknown name \"%s\" in %s%s".formatted(name, String.join(", nor in ", types), Closest.hint(part, names));
  }

  private static String inPath(Name name, @Nullable Object first) {
    Object holder = first;
    for (String part : name.parts().subList(1, name.parts().size())) {
      Object found = read(holder, part);
      if (found == Accessor.MISSING) {
        return "unknown name \"%s\": no \"%s\" in %s%s".formatted(name, part, type(holder),
            Closest.hint(part, Shape.names(holder)));
      }
      holder = found;
    }
    return "unknown name \"" + name + "\""; // it has come in the meantime
  }

  private static @Nullable Object read(@Nullable Object target, String part) {
    if (target == null) {
      return Accessor.MISSING;
    }
    try {
      return Shape.unwrap(Shape.of(target.getClass()).accessor(part).read(target));
    } catch (Error e) {
      throw e;
    } catch (Throwable _) { // it was read a moment ago
      return Accessor.MISSING;
    }
  }

  private static String type(@Nullable Object value) {
    return value == null ? "an absent value" : value.getClass().getTypeName();
  }
}
