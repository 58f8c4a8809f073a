package dev.edge4j.state.runtime;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.ReadOnly;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One method of an object's interface: how its arguments and its result cross by value. Null crosses as null. Immutable. */
final class TurnMethod {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private final String name;
  private final Method method;
  private final JsonCodec codec;
  private final Type[] parameters;
  private final Type result;

  /** Throws {@link IllegalArgumentException} for a method that cannot be called by value. */
  TurnMethod(String namespace, Method method, JsonCodec codec) {
    this.name = namespace + "." + method.getName();
    this.method = method;
    this.codec = codec;
    this.parameters = method.getGenericParameterTypes();
    this.result = method.getGenericReturnType();
    Stream.concat(Stream.of(parameters), Stream.of(result)).forEach(this::checkKnown);
    if (!method.trySetAccessible()) {
      throw new IllegalArgumentException(method
          + " is out of reach (expected: a public interface in an exported package, or"
          + " a package opened to dev.edge4j.state)");
    }
  }

  /** Name and parameter types, which tell it from the others of its interface: {@code add(long,int)}. On disk in messages. */
  String key() {
    return method.getName() + Stream.of(method.getParameterTypes())
        .map(Class::getTypeName)
        .collect(Collectors.joining(",", "(", ")"));
  }

  boolean isReadOnly() {
    return method.isAnnotationPresent(ReadOnly.class);
  }

  /** The arguments as JSON, one by one. */
  List<byte[]> write(@Nullable Object[] arguments) {
    var written = new ArrayList<byte[]>(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      try {
        written.add(argument == null ? NULL : codec.write(argument));
      } catch (RuntimeException e) {
        throw doesNotCross(i, e);
      }
    }
    return written;
  }

  /** The arguments as the object will see them: copies. */
  @Nullable
  Object[] read(List<byte[]> written) {
    @Nullable
    Object[] copies = new @Nullable Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      try {
        copies[i] = value(written.get(i), parameters[i]);
      } catch (RuntimeException e) {
        throw doesNotCross(i, e);
      }
    }
    return copies;
  }

  private ObjectException doesNotCross(int argument, RuntimeException e) {
    return new ObjectException(name + ": argument " + (argument + 1) + " does not cross by value: " + e.getMessage(),
        Outcome.NOT_EXECUTED, e);
  }

  private @Nullable Object value(byte[] json, Type type) {
    return Arrays.equals(json, NULL) && !isOptional(type) ? null : codec.readAs(json, type);
  }

  private static boolean isOptional(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
  }

  /** Calls the object, inside its turn; the result as JSON. */
  byte[] invoke(Object instance, @Nullable Object[] arguments) throws Throwable {
    Object value;
    try {
      value = method.invoke(instance, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    return value == null ? NULL : written(value);
  }

  private byte[] written(Object value) {
    try {
      return codec.write(value);
    } catch (RuntimeException e) {
      throw new IllegalStateException(name + ": the result does not cross by value: " + e.getMessage(), e);
    }
  }

  /** The result as the caller will see it. */
  @Nullable
  Object result(byte[] json) {
    try {
      return value(json, result);
    } catch (RuntimeException e) {
      throw new ObjectException(name + ": the result does not cross by value: " + e.getMessage(), Outcome.EXECUTED, e);
    }
  }

  Class<?>[] declaredExceptions() {
    return method.getExceptionTypes();
  }

  /** Types must be known from the interface alone: a variable or a wildcard would be read as whatever JSON looks like. */
  private void checkKnown(Type type) {
    switch (type) {
      case Class<?> _ -> {
      }
      case ParameterizedType generic -> Stream.of(generic.getActualTypeArguments()).forEach(this::checkKnown);
      case GenericArrayType array -> checkKnown(array.getGenericComponentType());
      default -> throw new IllegalArgumentException(method + ": " + type.getTypeName()
          + " (expected: types without variables and wildcards)");
    }
  }
}
