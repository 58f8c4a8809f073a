package dev.edge4j.state.runtime;

import dev.edge4j.state.CallOptions;
import dev.edge4j.state.ObjectId;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The caller's end of an object. Holds nothing but the id and how calls are made, so stubs of one object are equal. */
record Stub<T>(LocalNamespace<T> namespace, ObjectId id, CallOptions options) implements InvocationHandler {
  private static final Object[] NO_ARGUMENTS = {};

  static <T> T of(LocalNamespace<T> namespace, ObjectId id, CallOptions options) {
    Class<T> type = namespace.contract().type();
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
        new Stub<>(namespace, id, options)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] given) throws Throwable {
    Object[] arguments = given == null ? NO_ARGUMENTS : given;
    if (called.getDeclaringClass() == Object.class) {
      return identity(called.getName(), arguments);
    }
    TurnMethod method = namespace.contract().method(called);
    try {
      return method.result(namespace.call(id, options, method, method.write(arguments)));
    } catch (TurnThrew e) {
      throw e.forCaller(method.declaredExceptions());
    }
  }

  /** The three methods of {@link Object} that a proxy hands on: answered here, no turn is run. */
  private Object identity(String name, Object[] arguments) {
    return switch (name) {
      case "equals" -> arguments[0] != null && Proxy.isProxyClass(arguments[0].getClass())
          && equals(Proxy.getInvocationHandler(arguments[0]));
      case "hashCode" -> hashCode();
      default -> id.toString();
    };
  }
}
