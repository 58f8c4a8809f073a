package dev.edge4j.state.runtime;

import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectId;

/** How many calls wait for an object, for tests that wait for that. */
public final class Waiting {
  private Waiting() {}

  public static int of(Namespace<?> namespace, String object) {
    return ((LocalNamespace<?>) namespace).resident(new ObjectId(namespace.name(), object))
        .map(resident -> resident.mailbox().waiting())
        .orElse(0);
  }
}
