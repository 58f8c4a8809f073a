package dev.edge4j;

import java.time.Duration;

/** A request's place among the handlers: taken at most once, by whichever of its threads needs it first. Safe for use by many. */
final class Ticket {
  private final Exchange.Admission bound;
  private boolean taken;
  private boolean over;

  Ticket(Exchange.Admission bound) {
    this.bound = bound;
  }

  /** For another that is bound as this one is. */
  Ticket another() {
    return new Ticket(bound);
  }

  /** Takes a place, unless the request has one or needs none any more; throws {@link #overloaded} if none is free. */
  synchronized void take() {
    if (!taken && !over) {
      if (!bound.tryEnter()) {
        throw overloaded();
      }
      taken = true;
    }
  }

  /** Gives the place back if there is one. The request needs none any more. */
  synchronized void giveBack() {
    if (taken && !over) {
      bound.leave();
    }
    over = true;
  }

  static HttpError overloaded() {
    return new ServiceUnavailable("the server is at its limit; try again soon", Duration.ofSeconds(1));
  }
}
