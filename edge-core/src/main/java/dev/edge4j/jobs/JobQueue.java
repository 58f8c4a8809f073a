package dev.edge4j.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where jobs are kept: the seam behind which a store stands. Every method is atomic and, in a queue that is durable, on disk when it returns;
 * all may block, and all are safe for use by many threads. Failures of the store are unchecked exceptions, after which nothing has changed.
 *
 * <p>A job that was taken in is kept until it has ended and is purged. It is done at least once and completed at most once: an owner whose lease
 * is over loses the job to the next one, and what he says about it from then on is refused. What is allowed when is said by {@link JobStatus}
 * and {@link JobChange} and by no store, which compares and keeps. The time is the queue's own.
 *
 * <p>{@code JobQueueContract} of edge-data checks an implementation.
 */
public interface JobQueue extends AutoCloseable {
  /**
   * Takes a job in, unless one of its kind, scope and key is there: then that is the answer, if it had the same payload and webhook.
   * Throws {@link JobRefused} if it had others, or if the queue is full.
   */
  Enqueued enqueue(NewJob job);

  /** Hands that owner the jobs of a kind that are free, those first that have been due for longest. At most {@code max}, zero or more. */
  List<LeasedJob> lease(String kind, int max, String owner, Duration lease);

  /** Does what a change says and answers how the job stands then; empty, and nothing has changed, if that may not be. */
  Optional<JobStatus> apply(JobChange change);

  /** How a job stands; empty for one that is unknown or purged. */
  Optional<JobStatus> status(JobId id);

  /** The result of a job that is done. */
  Optional<byte[]> result(JobId id);

  /** When the next job of a kind is free: earlier than now if one is. */
  Optional<Instant> nextDue(String kind);

  /** Jobs in that state, the last changed first. At most {@code limit}, zero or more. */
  List<JobStatus> list(JobState state, int limit);

  /** Forgets jobs that have ended in that state before then, with their keys and results; how many. At most {@code limit} at a time. */
  int purge(JobState state, Instant endedBefore, int limit);

  @Override
  void close();

  /** What {@link #enqueue} has to say about a job whose kind, scope and key are there. */
  static Enqueued repeated(JobStatus there, byte[] payload, NewJob again) {
    if (!Arrays.equals(payload, again.payload()) || !there.order().webhook().equals(again.order().webhook())) {
      throw JobRefused.keyReused();
    }
    return new Enqueued(there, true);
  }
}
