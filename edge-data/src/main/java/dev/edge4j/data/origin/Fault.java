package dev.edge4j.data.origin;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.util.Optional;

/** What went wrong at the origin, as the wire has it: a word in {@code error}, and a status for who looks at HTTP alone. */
enum Fault {
  /** See {@link Reason#CONSTRAINT}. */
  CONSTRAINT(409),
  /** See {@link Reason#BUSY}. */
  BUSY(503),
  /** See {@link Reason#INVALID}. */
  INVALID(422),
  /** See {@link Reason#STATEMENT}; no failure of the origin, so no breaker on the way counts it. */
  STATEMENT(422),
  /** See {@link Reason#UNKNOWN}: the store behind does not know it either. */
  UNSURE(500),
  /** The store failed, without effect. */
  FAILED(500),
  /** Arguments or rows that do not fit: a {@link dev.edge4j.data.MappingException}. */
  MAPPING(422),
  /** No statement or operation of that name. */
  UNKNOWN(404),
  /** More rows than the service gives out. */
  TOO_MANY(413),
  /** The caller's time was over before anything was done. */
  LATE(504),
  /** The operation said no, with a status of its own. */
  REFUSED(400);

  private final int status;

  Fault(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  static Fault of(StoreException e) {
    return switch (e.reason()) {
      case CONSTRAINT -> CONSTRAINT;
      case BUSY -> BUSY;
      case INVALID -> INVALID;
      case STATEMENT -> STATEMENT;
      case UNKNOWN -> UNSURE;
      case CLOSED, FAILED -> FAILED;
    };
  }

  static Optional<Fault> named(String word) {
    for (Fault fault : values()) {
      if (fault.name().equals(word)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
