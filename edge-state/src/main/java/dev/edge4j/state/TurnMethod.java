package dev.edge4j.state;

import dev.edge4j.json.JsonCodec;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One method of an object's interface: how its arguments and its result cross by value. Null crosses as null. Immutable. */
final class TurnMethod {
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

  /** The arguments as the object will see them: copies. */
  @Nullable
  Object[] copy(@Nullable Object[] arguments) {
    @Nullable
    Object[] copies = new @Nullable Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      try {
        copies[i] = argument == null ? null : codec.readAs(codec.write(argument), parameters[i]);
      } catch (RuntimeException e) {
        throw new ObjectException(name + ": argument " + (i + 1) + " does not cross by value: " + e.getMessage(),
            Outcome.NOT_EXECUTED, e);
      }
    }
    return copies;
  }

  /** Calls the object, inside its turn; the bytes of the result, or null for none. */
  byte @Nullable [] invoke(Object instance, @Nullable Object[] arguments) throws Throwable {
    Object value;
    try {
      value = method.invoke(instance, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    return value == null ? null : written(value);
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
  Object result(byte @Nullable [] json) {
    if (json == null) {
      return null;
    }
    try {
      return codec.readAs(json, result);
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
