package dev.edge4j.render.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import dev.edge4j.render.SafeHtml;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.html.State;
import dev.edge4j.render.model.Accessor;
import dev.edge4j.render.model.Shape;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.template.Place;
import java.lang.reflect.Array;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One page being rendered: the values around the place it has come to, and what is written so far. Confined to one thread at a time. */
public final class Rendering {
  /** Of templates in themselves: deep enough for a tree of comments, well short of the stack's end. */
  private static final int MAX_DEPTH = 100;

  static final Supplier<String> NO_NONCE = () -> {
    throw new IllegalStateException("{{edge.nonce}} outside of a request (expected: c.render)");
  };

  private final Library library;
  private final Output out;
  private final Frames frames = new Frames();
  private int depth;
  private Deferral deferral = Deferral.IN_PLACE;
  private Supplier<String> nonce = NO_NONCE;
  private @Nullable Trace trace;

  Rendering(Library library, Output out) {
    this.library = library;
    this.out = out;
  }

  /** What is written so far. */
  public Output output() {
    return out;
  }

  void begin(Deferral how, Supplier<String> nonces) {
    deferral = how;
    nonce = nonces;
  }

  void traceBy(Trace traced) {
    trace = traced;
  }

  @Nullable
  Trace trace() {
    return trace;
  }

  /** Lets go of the model and of the bytes, so that it can be used again. */
  void reset() {
    frames.clear();
    depth = 0;
    deferral = Deferral.IN_PLACE;
    nonce = NO_NONCE;
    trace = null;
    out.clear();
  }

  void push(@Nullable Object value) {
    frames.push(value);
  }

  String nonce() {
    return nonce.get();
  }

  void enter(Place place, Code code) {
    if (depth == MAX_DEPTH) {
      throw place.error("more than " + MAX_DEPTH + " templates in each other");
    }
    depth++;
    code.run(this);
    depth--;
  }

  // ---- values

  /** The value of a name, unwrapped. A name that is nowhere is an error, or absent where templates are trusted. */
  @Nullable
  Object value(Ref ref) {
    try {
      Object found = frames.find(ref);
      if (found != Accessor.MISSING) {
        return found;
      }
    } catch (Throwable e) {
      throw failure(ref, e);
    }
    if (library.isStrict()) {
      throw ref.place.error(frames.missing(ref.name));
    }
    return null;
  }

  private static TemplateException failure(Ref ref, Throwable e) {
    Place place = ref.place;
    return switch (e) {
      case Error error -> throw error;
      case TemplateException told -> told;
      case IllegalAccessException closed -> new TemplateException(place.template(), place.line(), place.column(),
          "cannot read \"" + ref.name + "\": " + closed.getMessage(), closed);
      default -> new TemplateException(place.template(), place.line(), place.column(),
          "reading \"" + ref.name + "\" failed: " + e, e);
    };
  }

  @Nullable
  Object await(Ref ref, Object value) {
    try {
      return Shape.unwrap(Deferral.await(value));
    } catch (Exception e) {
      throw failed(ref, e);
    }
  }

  private static RuntimeException failed(Ref ref, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return e instanceof RuntimeException unchecked ? unchecked : failure(ref, e);
  }

  private void refuse(Ref ref, Object value) {
    throw ref.place.error("\"%s\" is a %s (expected: a value; templates do not call functions or drain streams)"
        .formatted(ref.name, value.getClass().getTypeName()));
  }

  // ---- sections

  void section(Section section, @Nullable Object value) {
    if (value != null && !(value instanceof Boolean) && !(value instanceof List)) {
      switch (Shape.of(value.getClass()).kind()) {
        case LATE -> {
          defer(section, value);
          section.between().run(this);
          return;
        }
        case HOLE -> {
          defer(section, value);
          return; // whether it is false is seen by who fills it
        }
        case CODE -> {
          if (Lambda.isSection(library, value)) {
            Lambda.section(library, section, value).run(this);
            section.between().run(this);
            return;
          }
          refuse(section.ref(), value);
        }
        default -> {
        }
      }
    }
    (body(section, value) ? section.between() : section.otherwise()).run(this);
  }

  private void defer(Section section, Object value) {
    var piece = new Piece(section, frames.copy(), library, nonce);
    try {
      if (value instanceof Late<?> late) {
        deferral.late(late, piece, this);
      } else {
        deferral.hole((Hole<?>) value, piece, this);
      }
    } catch (Exception e) {
      throw failed(section.ref(), e);
    }
  }

  /** Runs the body for each element; false if there is none. */
  boolean body(Section section, @Nullable Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag && one(section, value);
    }
    if (value instanceof List<?> list && value instanceof RandomAccess) {
      return list(section, list);
    }
    return other(section, value);
  }

  private boolean one(Section section, @Nullable Object value) {
    frames.push(value);
    section.body().run(this);
    frames.pop();
    return true;
  }

  private boolean list(Section section, List<?> list) {
    Class<?> plain = null; // the type of an element that needs nothing done
    int size = list.size();
    for (int i = 0; i < size; i++) {
      Object element = list.get(i);
      if (element != null && element.getClass() != plain) {
        element = element(section, element);
        plain = element == null ? null : element.getClass();
      }
      one(section, element);
    }
    return size > 0;
  }

  private @Nullable Object element(Section section, @Nullable Object element) {
    Object value = Shape.unwrap(element);
    if (value != null && Shape.of(value.getClass()).kind() == Shape.Kind.CODE && library.isStrict()) {
      refuse(section.ref(), value);
    }
    return value;
  }

  private boolean other(Section section, Object value) {
    return switch (Shape.of(value.getClass()).kind()) {
      case MANY -> {
        boolean any = false;
        for (Object element : (Iterable<?>) value) {
          any = one(section, element(section, element));
        }
        yield any;
      }
      case ARRAY -> {
        int length = Array.getLength(value);
        for (int i = 0; i < length; i++) {
          one(section, element(section, Array.get(value, i)));
        }
        yield length > 0;
      }
      case OPTIONAL -> body(section, Shape.unwrap(value));
      default -> !isEmptyText(value) && one(section, value);
    };
  }

  /** Null, false, the empty text and the empty list are false; 0 and an empty map are true. */
  boolean isFalse(Ref ref, @Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return value == null || !(Boolean) value;
    }
    return switch (Shape.of(value.getClass()).kind()) {
      case MANY -> !((Iterable<?>) value).iterator().hasNext();
      case ARRAY -> Array.getLength(value) == 0;
      case LATE, HOLE -> isFalse(ref, await(ref, value));
      case CODE -> {
        if (library.isStrict()) {
          refuse(ref, value);
        }
        yield false;
      }
      default -> isEmptyText(value);
    };
  }

  private static boolean isEmptyText(Object value) {
    return switch (value) {
      case CharSequence text -> text.isEmpty();
      case SafeHtml safe -> safe.html().isEmpty();
      default -> false;
    };
  }

  // ---- code in a model, where templates are trusted

  String lambda(Ref ref, Object value, State state) {
    if (!(value instanceof Supplier<?> supplier) || library.isStrict()) {
      refuse(ref, value);
      return "";
    }
    int from = out.length();
    Lambda.variable(library, ref, supplier, state).run(this);
    String text = new String(out.toBytes(from), UTF_8);
    out.truncate(from);
    return text;
  }
}
