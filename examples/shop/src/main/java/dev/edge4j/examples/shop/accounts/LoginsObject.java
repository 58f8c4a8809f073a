package dev.edge4j.examples.shop.accounts;

import dev.edge4j.state.DurableObject;
import dev.edge4j.state.ObjectState;

/** A number that only grows. */
final class LoginsObject extends DurableObject implements Logins {
  LoginsObject(ObjectState state) {
    super(state);
  }

  @Override
  public long generation() {
    return storage().get("generation", Long.class).orElse(0L);
  }

  @Override
  public void endAll() {
    storage().put("generation", generation() + 1);
  }
}
