package dev.edge4j.state;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The caller's end of an object. Holds nothing but the id, so stubs of one object are equal. */
record Stub<T>(Contract<T> contract, Namespace<T> namespace, ObjectId id) implements InvocationHandler {
  private static final Object[] NO_ARGUMENTS = {};

  static <T> T of(Contract<T> contract, Namespace<T> namespace, ObjectId id) {
    Class<T> type = contract.type();
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
        new Stub<>(contract, namespace, id)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method called, Object @Nullable [] given) throws Throwable {
    Object[] arguments = given == null ? NO_ARGUMENTS : given;
    if (called.getDeclaringClass() == Object.class) {
      return identity(called.getName(), arguments);
    }
    TurnMethod method = contract.method(called);
    @Nullable
    Object[] copies = method.copy(arguments);
    try {
      return method.result(namespace.<byte @Nullable []>turn(id, instance -> method.invoke(instance, copies)));
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
