package dev.edge4j.data;

import java.time.Duration;

/** What a class of data promises to who reads it. Made by {@link Promises}. */
public sealed interface Promise {
  /** A promise about rows. */
  sealed interface Sql extends Promise {}

  /** A promise about keys and values. */
  sealed interface Kv extends Promise {}

  /** A promise about events. */
  sealed interface Events extends Promise {}

  /**
   * What is read is never older than {@code maxLag}; unless nobody can keep that, and the class says how old it may be then.
   *
   * @param staleIfError how old a copy may be once the origin has failed; zero if nothing may be read then
   * @param unasked whether every session reads so then, or only a {@link DataMesh#staleSession}
   */
  record Eventual(Duration maxLag, Duration staleIfError, boolean unasked) implements Sql {
    public Eventual {
      if (maxLag.isNegative()) {
        throw new IllegalArgumentException("maxLag: " + maxLag + " (expected: not negative)");
      }
      if (!staleIfError.isZero() && staleIfError.compareTo(maxLag) < 0) {
        throw new IllegalArgumentException("staleIfError: " + staleIfError
            + " (expected: zero, or at least the maxLag of " + maxLag + ")");
      }
    }

    /**
     * The same, with one step more at the end of the chain: while the origin cannot be asked, a copy may be that old (in the words of
     * RFC 5861), for who asks for it by {@link DataMesh#staleSession}.
     */
    public Eventual staleIfError(Duration atMost) {
      return new Eventual(maxLag, atMost, false);
    }

    /**
     * As {@link #staleIfError}, for every session: a read whose replica is too far behind, and whose origin fails, is answered by the
     * replica. It is marked, in {@link MeshSession#served} and {@link MeshSession#degraded}, and belongs in no cache as if it were
     * fresh.
     */
    public Eventual serveStale(Duration atMost) {
      return new Eventual(maxLag, atMost, true);
    }

    @Override
    public String toString() {
      String stale = staleIfError.isZero() ? ""
          : ", " + (unasked ? "serveStale " : "staleIfError ") + Promises.text(staleIfError);
      return "eventual(" + Promises.text(maxLag) + stale + ")";
    }
  }

  /** A visitor sees his own writes, and never goes back in time. */
  record ReadAfterWrite() implements Sql {
    @Override
    public String toString() {
      return "readAfterWrite()";
    }
  }

  /** What is read is the present state: a copy is never asked. */
  record Strong() implements Sql {
    @Override
    public String toString() {
      return "strong()";
    }
  }

  /** A value is gone this long after it was put, or sooner. */
  record Ttl(Duration atMost) implements Kv {
    public Ttl {
      if (!atMost.isPositive()) {
        throw new IllegalArgumentException("ttl: " + atMost + " (expected: a positive duration)");
      }
    }

    @Override
    public String toString() {
      return "ttl(" + Promises.text(atMost) + ")";
    }
  }

  /** Events are handed on in batches of up to {@code count}, and wait no longer than {@code delay} for one to fill. */
  record Batched(int count, Duration delay) implements Events {
    public Batched {
      if (count < 1 || !delay.isPositive()) {
        throw new IllegalArgumentException("batched(" + count + ", " + delay
            + ") (expected: at least 1, and a positive duration)");
      }
    }

    @Override
    public String toString() {
      return "batched(" + count + ", " + Promises.text(delay) + ")";
    }
  }

  /** Each append hands its events to the sink itself, and returns when they are where that puts them. */
  record Direct() implements Events {
    @Override
    public String toString() {
      return "direct()";
    }
  }
}
