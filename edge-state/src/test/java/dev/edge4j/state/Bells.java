package dev.edge4j.state;

import dev.edge4j.json.TypeRef;
import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.runtime.TurnThrew;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Objects that note, in their storage, which of their alarms went off; turns of theirs do what a test wants. */
final class Bells {
  interface Any {
    void note(String what);
  }

  /** What a handler does after it has noted the alarm. */
  interface Handler {
    void alarm(ObjectState state, Alarm alarm) throws Exception;
  }

  /** What the constructor does. */
  volatile Consumer<ObjectState> onWake = _ -> {};
  volatile Handler handler = (_, _) -> {};
  private final LocalNamespace<Any> namespace;

  Bells(DurableObjects objects) {
    this(objects, "bell", declared -> declared);
  }

  Bells(DurableObjects objects, String name, UnaryOperator<ObjectClass<Any>> with) {
    namespace = (LocalNamespace<Any>) objects.namespace(with.apply(ObjectClass.of(name, Any.class, Bell::new)));
  }

  Namespace<Any> namespace() {
    return namespace;
  }

  /** One turn; throws {@link IllegalStateException} if it threw. */
  void run(String object, Consumer<ObjectState> work) {
    ask(object, state -> {
      work.accept(state);
      return true;
    });
  }

  <R> R ask(String object, Function<ObjectState, R> work) {
    try {
      return namespace.turn(new ObjectId(namespace.name(), object), CallOptions.defaults(),
          instance -> work.apply(((Bell) instance).given()));
    } catch (TurnThrew e) {
      throw new IllegalStateException(e);
    }
  }

  void set(String object, String alarm, Schedule schedule) {
    run(object, state -> state.alarms().set(alarm, schedule));
  }

  /** What was noted, in order. */
  List<String> noted(String object) {
    return ask(object, state -> new ArrayList<>(state.storage().entries("note:", new TypeRef<String>() {}).values()));
  }

  static void note(ObjectState state, String what) {
    int next = state.storage().get("size", Integer.class).orElse(0);
    state.storage().put("size", next + 1);
    state.storage().put(String.format("note:%06d", next), what);
  }

  private final class Bell extends DurableObject implements Any, AlarmHandler {
    Bell(ObjectState state) {
      super(state);
      onWake.accept(state);
    }

    @Override
    public void note(String what) {
      Bells.note(state(), what);
    }

    @Override
    public void alarm(Alarm alarm) throws Exception {
      Bells.note(state(), alarm.name() + " " + alarm.attempt());
      handler.alarm(state(), alarm);
    }

    ObjectState given() {
      return state();
    }
  }
}
