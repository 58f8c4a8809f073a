package dev.edge4j.render;

import java.lang.reflect.Array;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** What a value means to a tag. */
final class Values {
  private Values() {}

  /**
   * Code is not a value: a template that runs what it finds, or parses what that returns as a template again, is an injection
   * waiting for its text. A stream or an iterator can be read once, and a model may be rendered twice.
   */
  static boolean isRefused(@Nullable Object value) {
    return switch (value) {
      case Function<?, ?> _,BiFunction<?, ?, ?> _,Supplier<?> _,Predicate<?> _,Consumer<?> _ -> true;
      case Callable<?> _,Runnable _,Future<?> _ -> true;
      case BaseStream<?, ?> _,Iterator<?> _ -> true;
      case null, default -> false;
    };
  }

  /**
   * The values a section is rendered for: none if it is false, one if it is true, each element of a list or an array.
   * False are null, false, the empty text and the empty list; 0 and an empty map are true.
   */
  static Iterable<?> elements(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case Boolean flag -> flag ? List.of(flag) : List.of();
      case CharSequence text -> text.isEmpty() ? List.of() : List.of(text);
      case SafeHtml safe -> safe.html().isEmpty() ? List.of() : List.of(safe);
      case Iterable<?> many -> many;
      case Object array when array.getClass().isArray() -> array(array);
      default -> List.of(value);
    };
  }

  private static List<@Nullable Object> array(Object array) {
    return new AbstractList<>() {
      @Override
      public @Nullable Object get(int index) {
        return Array.get(array, index);
      }

      @Override
      public int size() {
        return Array.getLength(array);
      }
    };
  }
}
