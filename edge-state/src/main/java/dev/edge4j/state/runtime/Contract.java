package dev.edge4j.state.runtime;

import dev.edge4j.json.JsonCodec;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The methods of an object's interface, looked at once. Immutable. */
final class Contract<T> {
  private final Class<T> type;
  private final Map<Method, TurnMethod> methods = new HashMap<>();

  Contract(String namespace, Class<T> type, JsonCodec codec) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(type.getName() + " (expected: an interface)");
    }
    this.type = type;
    for (Method method : type.getMethods()) {
      if (!Modifier.isStatic(method.getModifiers())) {
        methods.put(method, new TurnMethod(namespace, method, codec));
      }
    }
  }

  Class<T> type() {
    return type;
  }

  /** The method of that {@link TurnMethod#key}, if there is one. */
  Optional<TurnMethod> method(String key) {
    return methods.values().stream().filter(method -> method.key().equals(key)).findFirst();
  }

  TurnMethod method(Method method) {
    return Objects.requireNonNull(methods.get(method), () -> method + " is not of " + type.getName());
  }
}
