package dev.edge4j.data;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import java.time.Duration;

/** A class of rows, as declared. */
record SqlClass(DataClass declared, DataStore store, Promise.Sql promise, Duration timeout) {
  String name() {
    return declared.name();
  }

  boolean isReadAfterWrite() {
    return promise instanceof Promise.ReadAfterWrite;
  }

  /** The sooner of the visitor's deadline and what a call of this class may take. */
  Deadline deadline(Deadline visitors, TimeSource time) {
    return visitors.sooner(Deadline.in(timeout, time));
  }

  /** Moves a visitor on to where a store is now; a store that does not count its commits is never left behind. */
  void moveOn(Visit visit, DataStore asked) {
    Position position = asked.position();
    if (!position.equals(Position.START)) {
      visit.moveOn(name(), position);
    }
  }
}
