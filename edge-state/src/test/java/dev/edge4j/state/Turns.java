package dev.edge4j.state;

import dev.edge4j.state.runtime.LocalNamespace;
import dev.edge4j.state.runtime.TurnThrew;
import java.util.function.Consumer;

/** Runs what a test wants to do with an object's state as one turn; what it throws, assertion errors too, is thrown as it is. */
final class Turns {
  interface Any {}

  record Instance(ObjectState state) implements Any, AlarmHandler {
    @Override
    public void alarm(Alarm alarm) {}
  }

  private final Namespace<Any> namespace;

  Turns(DurableObjects objects) {
    this(objects, ObjectClass.of("test", Any.class, Instance::new));
  }

  Turns(DurableObjects objects, ObjectClass<Any> declared) {
    namespace = objects.namespace(declared);
  }

  Namespace<Any> namespace() {
    return namespace;
  }

  /** Waits for the turn. */
  void run(String object, Consumer<Storage> work) {
    with(object, state -> work.accept(state.storage()));
  }

  /** Waits for the turn. */
  void with(String object, Consumer<ObjectState> work) {
    var thrown = new Throwable[1];
    try {
      ((LocalNamespace<Any>) namespace).turn(new ObjectId(namespace.name(), object), CallOptions.defaults(),
          instance -> {
            try {
              work.accept(((Instance) instance).state());
              return true;
            } catch (Throwable e) {
              thrown[0] = e;
              throw e;
            }
          });
    } catch (TurnThrew e) {
      switch (thrown[0]) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        default -> throw new AssertionError(e);
      }
    }
  }

  void evict(String object) {
    namespace.evict(object);
  }
}
