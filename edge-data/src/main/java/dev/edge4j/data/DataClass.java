package dev.edge4j.data;

import dev.edge4j.Place;

/** One line of the mesh's table: a class of data, what it promises, where it is, and on what. */
public record DataClass(String name, Kind kind, Promise promise, Place place, String engine) {
  /** The kinds of stores. */
  public enum Kind {
    SQL, KV, EVENTS
  }

  /** The region, or {@code edge}. */
  public String region() {
    return switch (place) {
      case Place.Edge _ -> "edge";
      case Place.Origin origin -> origin.region().orElse("origin");
    };
  }

  /** Why it is not at the edge; empty if it is. */
  public String reason() {
    return switch (place) {
      case Place.Edge _ -> "";
      case Place.Origin origin -> origin.reason();
    };
  }
}
