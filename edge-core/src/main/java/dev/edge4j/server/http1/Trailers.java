package dev.edge4j.server.http1;

import dev.edge4j.wire.TrailerNames;

/** Looks at the fields behind a body. */
final class Trailers {
  private Trailers() {}

  static void check(String name, String value) throws MalformedException {
    if (TrailerNames.isForbidden(name)) {
      throw new MalformedException("trailer " + name + ": " + value + " (expected: it among the header fields)");
    }
  }
}
