package dev.edge4j.state;

import java.util.function.Consumer;

/** Runs what a test wants to do with a storage as one turn; what it throws, assertion errors too, is thrown as it is. */
final class Turns {
  interface Any {}

  record Instance(Storage storage) implements Any {}

  private final Namespace<Any> namespace;

  Turns(DurableObjects objects) {
    namespace = objects.namespace("test", Any.class, state -> new Instance(state.storage()));
  }

  /** Waits for the turn. */
  void run(String object, Consumer<Storage> work) {
    var thrown = new Throwable[1];
    try {
      namespace.turn(new ObjectId("test", object), instance -> {
        try {
          work.accept(((Instance) instance).storage());
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
