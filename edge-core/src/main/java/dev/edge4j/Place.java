package dev.edge4j;

import java.util.Optional;

/** Where a component or a class of data lives: at the edge by default, or at the origin, with the reason. */
public sealed interface Place {
  /** At the edge: on the node that is asked. */
  Place EDGE = new Edge();

  /** At the origin; the reason says why it cannot be at the edge. */
  static Place origin(String reason) {
    return new Origin(Optional.empty(), reason);
  }

  /** At the origin in one region, {@code us-east-1} say. */
  static Place origin(String region, String reason) {
    return new Origin(Optional.of(region), reason);
  }

  /** See {@link #EDGE}. */
  record Edge() implements Place {
    @Override
    public String toString() {
      return "edge";
    }
  }

  /**
   * See {@link Place#origin}.
   *
   * @param region where the origin is, if it matters; not blank
   * @param reason why it cannot be at the edge; not blank
   */
  record Origin(Optional<String> region, String reason) implements Place {
    /** Refuses a blank region or reason. */
    public Origin {
      if (reason.isBlank() || region.filter(String::isBlank).isPresent()) {
        throw new IllegalArgumentException("origin: region \"" + region.orElse("") + "\", reason \"" + reason
            + "\" (expected: a reason, and a region that is not blank)");
      }
    }

    @Override
    public String toString() {
      return "origin" + region.map(r -> " " + r).orElse("") + ": " + reason;
    }
  }
}
