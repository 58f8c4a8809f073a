package dev.edge4j.render.model;

import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import dev.edge4j.render.SafeHtml;
import java.lang.reflect.Member;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * What a class is to a template, worked out once: how a section takes its values, and what names they have. Safe for use by many
 * threads; a class is not kept from being unloaded.
 */
public final class Shape {
  /** How a value is taken. */
  public enum Kind {
    /** True and printed, with members. */
    PLAIN,
    /** False if empty. */
    TEXT,
    /** {@code Boolean}. */
    FLAG,
    /** An {@code Iterable}: a section is rendered for each element. */
    MANY,
    /** An array, as the same. */
    ARRAY,
    /** An {@code Optional} of one of the four kinds: what it holds counts. */
    OPTIONAL,
    /** {@link SafeHtml}. */
    HTML,
    /** {@link Late}. */
    LATE,
    /** {@link Hole}. */
    HOLE,
    /**
     * Code is not a value: a template that runs what it finds, or parses what that returns as a template again, is an injection
     * waiting for its text. A stream or an iterator can be read once, and a model may be rendered twice.
     */
    CODE
  }

  private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
    @Override
    protected Shape computeValue(Class<?> type) {
      return new Shape(type);
    }
  };

  private final Class<?> type;
  private final Kind kind;
  private final Map<String, Member> members;
  private final Map<String, Accessor> accessors = new ConcurrentHashMap<>();

  private Shape(Class<?> type) {
    this.type = type;
    kind = kind(type);
    members = Members.of(type);
  }

  /** The shape of a class. */
  public static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** How values of the class are taken. */
  public Kind kind() {
    return kind;
  }

  /** What reads a name of the class; {@link Accessor#ABSENT} if it has none of that name. */
  public Accessor accessor(String name) {
    return accessors.size() < Members.MAX_NAMES || accessors.containsKey(name)
        ? accessors.computeIfAbsent(name, this::makeAccessor)
        : makeAccessor(name);
  }

  private Accessor makeAccessor(String name) {
    if (Map.class.isAssignableFrom(type)) {
      return new Entries.OfMap(name);
    }
    if (Map.Entry.class.isAssignableFrom(type) && (name.equals("key") || name.equals("value"))) {
      return new Entries.OfEntry(name.equals("key"));
    }
    Member member = members.get(name);
    return member == null ? Accessor.ABSENT : Accessors.of(member, type);
  }

  /** The names that a value has, for messages. */
  public static Collection<String> names(@Nullable Object target) {
    return switch (target) {
      case null -> Set.of();
      case Map<?, ?> map -> map.keySet().stream().map(String::valueOf).toList();
      default -> of(target.getClass()).members.keySet();
    };
  }

  /** What an {@code Optional} of any kind holds, or {@code null}; other values as they are. */
  public static @Nullable Object unwrap(@Nullable Object value) {
    if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return switch (value) {
      case Optional<?> optional -> unwrap(optional.orElse(null));
      case OptionalInt number -> number.isPresent() ? number.getAsInt() : null;
      case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
      case OptionalDouble number -> number.isPresent() ? number.getAsDouble() : null;
      default -> value;
    };
  }

  private static Kind kind(Class<?> type) {
    if (isOneOf(type, Function.class, BiFunction.class, Supplier.class, Predicate.class, Consumer.class, Callable.class,
        Runnable.class, Future.class, BaseStream.class, Iterator.class)) {
      return Kind.CODE;
    }
    if (isOneOf(type, Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class)) {
      return Kind.OPTIONAL;
    }
    if (type == SafeHtml.class) {
      return Kind.HTML;
    }
    if (type == Late.class || type == Hole.class) {
      return type == Late.class ? Kind.LATE : Kind.HOLE;
    }
    if (type == Boolean.class) {
      return Kind.FLAG;
    }
    if (type.isArray()) {
      return Kind.ARRAY;
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return Kind.TEXT;
    }
    return Iterable.class.isAssignableFrom(type) ? Kind.MANY : Kind.PLAIN;
  }

  private static boolean isOneOf(Class<?> type, Class<?>... others) {
    for (Class<?> other : others) {
      if (other.isAssignableFrom(type)) {
        return true;
      }
    }
    return false;
  }
}
