package dev.edge4j.render.model;

import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value from the type it is declared with. {@link #UNKNOWN} knows nothing: any name may be there. Immutable.
 *
 * @param raw the class, {@code Object} if unknown
 * @param declared the type with its arguments
 */
public record ModelType(Class<?> raw, Type declared) {
  /** A value of which nothing is known. */
  public static final ModelType UNKNOWN = new ModelType(Object.class, Object.class);

  /** What looking up a name gave. */
  public sealed interface Found {
    /** There is such a member, of that type. */
    record Member(ModelType type) implements Found {}

    /** No value of the type can have it. */
    record Nowhere() implements Found {}

    /** A value may have it, as its class may be another than the declared one. */
    record Perhaps() implements Found {}
  }

  /** The type of a class, a record's component or a method's result. */
  public static ModelType of(Type type) {
    return switch (type) {
      case Class<?> raw -> raw == Object.class || Map.class.isAssignableFrom(raw) ? UNKNOWN
          : new ModelType(boxed(raw), raw);
      case ParameterizedType generic when !Map.class.isAssignableFrom((Class<?>) generic.getRawType()) -> new ModelType(
          (Class<?>) generic.getRawType(), generic);
      case WildcardType wildcard when wildcard.getUpperBounds().length == 1 -> of(wildcard.getUpperBounds()[0]);
      case GenericArrayType array -> new ModelType(Object[].class, array);
      default -> UNKNOWN;
    };
  }

  private static Class<?> boxed(Class<?> raw) {
    return raw == boolean.class ? Boolean.class : raw.isPrimitive() ? Number.class : raw;
  }

  /** Whether nothing is known. */
  public boolean isUnknown() {
    return raw == Object.class;
  }

  /** Whether every value has exactly this class. */
  public boolean isFinal() {
    return Modifier.isFinal(raw.getModifiers());
  }

  /** The kind of its values. */
  public Shape.Kind kind() {
    return Shape.of(raw).kind();
  }

  /** What an {@code Optional} or a late value of this type gives; itself otherwise. */
  public ModelType unwrapped() {
    if (raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class) {
      return new ModelType(Number.class, Number.class);
    }
    return raw == Optional.class || raw == Late.class || raw == Hole.class ? argument(declared, 0).unwrapped() : this;
  }

  /** What a section is rendered for: the elements of a list or an array, or the value itself. */
  public ModelType element() {
    ModelType value = unwrapped();
    if (value.raw.isArray()) {
      return of(value.declared instanceof GenericArrayType array ? array.getGenericComponentType()
          : value.raw.getComponentType())
          .unwrapped();
    }
    if (Iterable.class.isAssignableFrom(value.raw)) {
      return value.iterated().unwrapped();
    }
    return value;
  }

  /** The argument of {@code Iterable}: that of the collections of Java is their only one. */
  private ModelType iterated() {
    if (declared instanceof ParameterizedType generic && generic.getActualTypeArguments().length == 1) {
      return argument(declared, 0);
    }
    for (Type type : raw.getGenericInterfaces()) {
      if (type instanceof ParameterizedType generic && Iterable.class.isAssignableFrom((Class<?>) generic.getRawType())
          && generic.getActualTypeArguments().length == 1) {
        return argument(type, 0);
      }
    }
    return UNKNOWN;
  }

  private static ModelType argument(Type type, int index) {
    return type instanceof ParameterizedType generic ? of(generic.getActualTypeArguments()[index]) : UNKNOWN;
  }

  /** Looks a name up. */
  public Found member(String name) {
    if (isUnknown()) {
      return new Found.Perhaps();
    }
    if (Map.Entry.class.isAssignableFrom(raw) && (name.equals("key") || name.equals("value"))) {
      return new Found.Member(argument(declared, name.equals("key") ? 0 : 1));
    }
    Type type = typeOf(Members.of(raw).get(name));
    if (type != null) {
      return new Found.Member(of(substituted(type)));
    }
    return isFinal() || raw == Number.class ? new Found.Nowhere() : inSubtypes(name);
  }

  /** A sealed type is what it permits. */
  private Found inSubtypes(String name) {
    if (!raw.isSealed()) {
      return new Found.Perhaps();
    }
    for (Class<?> permitted : raw.getPermittedSubclasses()) {
      if (!(of(permitted).member(name) instanceof Found.Nowhere)) {
        return new Found.Perhaps();
      }
    }
    return new Found.Nowhere();
  }

  private static @Nullable Type typeOf(java.lang.reflect.@Nullable Member member) {
    return switch (member) {
      case Method method -> method.getGenericReturnType();
      case Field field -> field.getGenericType();
      case null, default -> null;
    };
  }

  /** A type variable of the class is what this type gives for it. */
  private Type substituted(Type type) {
    TypeVariable<?>[] variables = raw.getTypeParameters();
    for (int i = 0; i < variables.length; i++) {
      if (variables[i].equals(type)) {
        return declared instanceof ParameterizedType generic ? generic.getActualTypeArguments()[i] : Object.class;
      }
    }
    return type;
  }

  /** The names its values are known to have, for messages. */
  public Collection<String> names() {
    Set<String> names = new TreeSet<>(Members.of(raw).keySet());
    if (raw.isSealed()) {
      for (Class<?> permitted : raw.getPermittedSubclasses()) {
        names.addAll(of(permitted).names());
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return raw.getTypeName();
  }
}
