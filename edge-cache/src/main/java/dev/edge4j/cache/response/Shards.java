package dev.edge4j.cache.response;

/**
 * How the purge of one target reaches the memory of other nodes without a message: each target belongs to one of 256 shards, by its hash, and the shard has a
 * version as a tag has. A purge renews it; what other nodes have in memory of that shard is dropped there within a second, and read from the store again, where
 * all but the purged target still is.
 *
 * <p>So many, because that is as many versions as a node reads in the background after a renewal: hits stay on the event loop. A version for each target would
 * be exact, and each purge anywhere would cost every node a read for every target that it has in memory.
 */
final class Shards {
  private static final int MOST = 256;

  private Shards() {}

  /** The name of a target's shard among the tags; theirs begin otherwise. */
  static String of(String primary) {
    int hash = primary.hashCode();
    return "u:" + ((hash ^ hash >>> 16) & (MOST - 1));
  }
}
