package dev.edge4j.state.runtime;

import dev.edge4j.state.Attributes;
import dev.edge4j.state.limit.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The attributes of one object, for the thread that runs a turn of it. */
final class TurnAttributes implements Attributes {
  private static final int MOST = 16;

  private final Resident<?> resident;

  TurnAttributes(Resident<?> resident) {
    this.resident = resident;
  }

  @Override
  public Optional<String> get(String name) {
    return Optional.ofNullable(current(Turn.of(resident)).get(name));
  }

  @Override
  public void set(String name, String value) {
    Turn turn = Turn.changing(resident);
    Limits.checkName("attribute", name);
    Limits.checkName("value of attribute \"" + name + "\"", value);
    Map<String, String> before = current(turn);
    if (before.size() >= MOST && !before.containsKey(name)) {
      throw new IllegalArgumentException("attribute: \"" + name + "\" would be one too many (expected: at most "
          + MOST + " in one object)");
    }
    turn.buffer().attributes().put(name, Optional.of(value));
  }

  @Override
  public void remove(String name) {
    Turn turn = Turn.changing(resident);
    if (current(turn).containsKey(name)) {
      turn.buffer().attributes().put(name, Optional.empty());
    }
  }

  @Override
  public Map<String, String> all() {
    return new TreeMap<>(current(Turn.of(resident)));
  }

  private static Map<String, String> current(Turn turn) {
    return Activation.overlaid(turn.activation().attributes(), turn.buffer().attributes());
  }
}
