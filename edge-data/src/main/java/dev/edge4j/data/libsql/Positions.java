package dev.edge4j.data.libsql;

import dev.edge4j.data.Position;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Up to where a server was seen to have come. Hrana does not name the log that an index belongs to, so it is named by the server's address:
 * two addresses of one server are two histories, and a server that is restored under its old address is not told from what it was.
 */
final class Positions {
  private final String history;
  private final AtomicLong offset = new AtomicLong();

  Positions(URI server) {
    this(UUID.nameUUIDFromBytes(server.toString().getBytes(StandardCharsets.UTF_8)).toString());
  }

  Positions(String history) {
    this.history = history;
  }

  void saw(OptionalLong index) {
    index.ifPresent(seen -> offset.accumulateAndGet(seen, Math::max));
  }

  Position latest() {
    return new Position(history, offset.get());
  }
}
