package dev.edge4j.state;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where committed state lives. Safe for use by many threads. A store shared by several nodes would check in {@link #commit} that
 * this node still owns the object (its epoch), and fail with {@link Outcome#NOT_EXECUTED} if not: nothing above depends on
 * there being one process.
 */
interface ObjectStore extends AutoCloseable {
  /** The committed value of a key. */
  Optional<byte[]> read(ObjectId id, String key);

  /** At most {@code limit} committed keys with a prefix, after a key, in the order of UTF-8. */
  List<String> keys(ObjectId id, String prefix, String after, int limit);

  /** Makes a turn's writes durable, all or none; completes with an {@link ObjectException} that says what is known. */
  CompletableFuture<?> commit(ObjectId id, TurnBuffer writes);

  @Override
  void close();
}
