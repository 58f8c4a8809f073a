package dev.edge4j.data;

import java.time.Duration;
import java.util.Optional;

/** Which store answers a read: a pure decision. A primary answers all of its reads, so only replicas come here. */
sealed interface ReadRoute {
  /** The replica may answer. */
  record AskReplica() implements ReadRoute {}

  /** The replica may answer once it has come to a position. */
  record AwaitReplica(Position position) implements ReadRoute {}

  /** The replica must not answer. */
  record AskOrigin(String why) implements ReadRoute {}

  /**
   * Decides.
   *
   * @param lag how far the replica is behind now
   * @param known whether it is known what the visitor has written and read; if not, he may have written a moment ago
   * @param seen up to where he has written or read
   */
  static ReadRoute of(Promise.Sql promise, Duration lag, boolean known, Optional<Position> seen) {
    return switch (promise) {
      case Promise.Eventual(Duration maxLag, Duration _, boolean _) -> lag.compareTo(maxLag) <= 0 ? new AskReplica()
          : new AskOrigin(behind(lag, promise));
      case Promise.ReadAfterWrite _ -> seen.<ReadRoute>map(AwaitReplica::new)
          .orElseGet(() -> known ? new AskReplica() : new AskOrigin("what the visitor has written is not known"));
      case Promise.Strong _ -> new AskOrigin("a replica is never strong");
    };
  }

  /** Why the replica must not answer even now that the origin cannot; empty if it may. */
  static Optional<String> refusalIfError(Promise.Sql promise, Duration lag) {
    return switch (promise) {
      case Promise.Eventual(Duration maxLag, Duration ifError, boolean _) when lag.compareTo(maxLag) <= 0
          || lag.compareTo(ifError) <= 0 -> Optional.empty();
      case Promise.Eventual _ -> Optional.of(behind(lag, promise));
      case Promise.ReadAfterWrite _,Promise.Strong _ -> Optional.of("nothing but " + promise + " is promised");
    };
  }

  /** Whether a session that did not ask for it may be answered stale, once the origin has failed. */
  static boolean isStaleUnasked(Promise.Sql promise) {
    return promise instanceof Promise.Eventual(Duration _, Duration ifError, boolean unasked) && unasked
        && ifError.isPositive();
  }

  private static String behind(Duration lag, Promise.Sql promise) {
    return "the replica is " + Promises.text(lag) + " behind, promised is " + promise;
  }
}
