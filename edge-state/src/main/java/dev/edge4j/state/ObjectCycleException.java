package dev.edge4j.state;

import java.util.List;
import java.util.stream.Collectors;

/** A call that would wait for itself for ever: the message names the objects that wait for one another. */
public final class ObjectCycleException extends ObjectException {
  private static final long serialVersionUID = 1L;

  /** A cycle, from the object that closes it to itself. */
  public ObjectCycleException(List<ObjectId> cycle) {
    super("cycle of calls: " + cycle.stream().map(ObjectId::toString).collect(Collectors.joining(" -> ")),
        Outcome.NOT_EXECUTED);
  }
}
