package dev.edge4j.data.kv;

import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.kv.KvEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One read of the store that several may wait for. */
final class Load {
  /** Far longer than a store lets anybody wait, so that a store that never answers does not keep threads for ever. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final long begunAt;
  private final long ticket;
  private final CompletableFuture<Optional<KvEntry>> answer = new CompletableFuture<>();

  /** A load that begins after these were taken. */
  Load(long begunAt, long ticket) {
    this.begunAt = begunAt;
    this.ticket = ticket;
  }

  long begunAt() {
    return begunAt;
  }

  long ticket() {
    return ticket;
  }

  void answer(Optional<KvEntry> found) {
    answer.complete(found);
  }

  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  /** Waits until the caller's own deadline. What the store threw is thrown to all who wait. */
  Optional<KvEntry> await(String key) {
    try {
      return answer.get(QueryDeadline.atMost(LONGEST).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(Reason.FAILED, "key " + key + ": the store did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.FAILED, "key " + key + ": interrupted while waiting for the store", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new StoreException(Reason.FAILED, "key " + key + ": the store failed", e);
      }
    }
  }
}
