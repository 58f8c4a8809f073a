package dev.edge4j.state.runtime;

import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectClass;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.limit.Limits;
import dev.edge4j.state.store.MessageRow;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a turn sends: written down as part of its commit, see {@link dev.edge4j.state.ObjectState#send}. */
final class Messages {
  private static final Map<Class<?>, Object> ZEROS = Map.of(boolean.class, false, byte.class, (byte) 0, short.class,
      (short) 0, char.class, '\0', int.class, 0, long.class, 0L, float.class, 0f, double.class, 0d);

  private record Noted(TurnMethod method, byte[] arguments) {}

  private Messages() {}

  static <T> void send(Turn turn, Namespace<T> to, String object, Consumer<? super T> call) {
    if (!(to instanceof LocalNamespace<T> target && target.host() == turn.resident().host())) {
      throw new IllegalArgumentException("send: namespace \"" + to.name()
          + "\" is of other durable objects (expected: one of the same folder)");
    }
    Noted noted = note(target, call);
    add(turn, Optional.of(new ObjectId(to.name(), object)), noted.method().key(), noted.arguments());
  }

  static void effect(Turn turn, String name, Object payload) {
    ObjectClass.Options options = turn.resident().namespace().declared().options();
    ObjectClass.DeclaredEffect<?> declared = options.effects().get(name);
    if (declared == null || !declared.payload().isInstance(payload)) {
      throw new IllegalArgumentException("effect: \"" + name + "\" with " + payload.getClass().getName()
          + " (expected: one that the class declares: " + options.effects() + ")");
    }
    byte[] json = turn.resident().host().options().codec().write(payload);
    Limits.checkValue("effect " + name, json);
    add(turn, Optional.empty(), name, json);
  }

  private static void add(Turn turn, Optional<ObjectId> to, String what, byte[] payload) {
    Instant now = turn.resident().host().options().clock().instant();
    turn.buffer()
        .messages()
        .add(new MessageRow(turn.id(), to, what, MessageRow.newId(to.isEmpty()), payload, turn.resident()
            .namespace()
            .declared()
            .options()
            .retry(), 0, now));
  }

  private static <T> Noted note(LocalNamespace<T> target, Consumer<? super T> call) {
    List<Noted> noted = new ArrayList<>();
    Contract<T> contract = target.contract();
    InvocationHandler handler = (_, method, arguments) -> {
      if (method.getDeclaringClass() == Object.class) {
        throw new IllegalArgumentException("send: " + method.getName() + " is no method of " + contract.type()
            .getName());
      }
      TurnMethod turnMethod = contract.method(method);
      noted.add(new Noted(turnMethod, arguments(turnMethod, arguments)));
      return zero(method);
    };
    Class<T> type = contract.type();
    call.accept(type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler)));
    if (noted.size() != 1) {
      throw new IllegalArgumentException("send: " + noted.size() + " calls (expected: exactly one)");
    }
    return noted.getFirst();
  }

  private static byte[] arguments(TurnMethod method, @Nullable Object @Nullable [] arguments) {
    List<byte[]> written = method.write(arguments == null ? new Object[0] : arguments);
    method.read(written); // what could not be delivered is refused now
    byte[] json = JsonArray.of(written);
    Limits.checkValue("message " + method.key(), json);
    return json;
  }

  private static @Nullable Object zero(Method method) {
    return ZEROS.get(method.getReturnType());
  }
}
