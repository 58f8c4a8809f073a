package dev.edge4j.render.program;

import dev.edge4j.render.model.Accessor;
import dev.edge4j.render.model.Shape;
import dev.edge4j.render.model.Site;
import dev.edge4j.render.template.Name;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The context stack: the values around a place, the innermost on top. An absent value is a frame without names, so that {@code {{.}}} in it
 * prints nothing instead of what is further out. Confined to one rendering.
 */
final class Frames {
  private @Nullable Object[] values = new Object[16];
  private int top = -1;

  void push(@Nullable Object value) {
    if (++top == values.length) {
      values = Arrays.copyOf(values, top * 2);
    }
    values[top] = value;
  }

  void pop() {
    top--;
  }

  void clear() {
    Arrays.fill(values, null);
    top = -1;
  }

  @Nullable
  Object[] copy() {
    return Arrays.copyOf(values, top + 1);
  }

  String missing(Name name) {
    return Missing.message(name, values, top);
  }

  /**
   * The value of a name, unwrapped, or {@link Accessor#MISSING}. Its first part is looked up from the top outwards, the others in what it
   * gave. Throws what reading it threw.
   */
  @Nullable
  Object find(Ref ref) throws Throwable {
    Site[] sites = ref.sites;
    if (sites.length == 0) {
      return values[top];
    }
    Site first = sites[0];
    for (int i = top; i >= 0; i--) {
      Object frame = values[i];
      if (frame != null) {
        Object found = first.read(frame);
        if (found instanceof String) {
          return sites.length == 1 ? found : path(sites, found);
        }
        if (found != Accessor.MISSING) {
          return path(sites, Shape.unwrap(found));
        }
      }
    }
    return Accessor.MISSING;
  }

  /** An absent value in the middle makes the whole absent. */
  private static @Nullable Object path(Site[] sites, @Nullable Object first) throws Throwable {
    Object found = first;
    for (int i = 1; i < sites.length && found != null && found != Accessor.MISSING; i++) {
      Object holder = Shape.unwrap(Deferral.await(found));
      found = holder == null ? null : Shape.unwrap(sites[i].read(holder));
    }
    return found;
  }
}
