package dev.edge4j.data.replica;

import dev.edge4j.data.DataStore;
import dev.edge4j.data.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a replica was asked to be, see {@link ReplicaBuilder}.
 *
 * @param base the file's name without its number
 * @param named statements that both sides must understand
 */
record Settings(OriginOptions origin, Path base, String app, String node, boolean durable, List<ReplicatedTable> tables,
    Map<String, String> named, Optional<DataStore> writes, Duration ready, SqliteOptions sqlite,
    Consumer<CopyProgress> progress,
    Tuning tuning) {
  Publication publication() {
    return new Publication(app, tables);
  }

  /** The name of the slot that outlives a connection. */
  String slot() {
    return "edge_" + app + "_" + node;
  }
}
