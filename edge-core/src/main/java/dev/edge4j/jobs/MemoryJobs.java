package dev.edge4j.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A queue in memory, for tests and for development: what is in it is lost with the process. */
public final class MemoryJobs implements JobQueue {
  private static final int DEFAULT_CAPACITY = 100_000;

  /** A kind, a scope and a key. */
  private record Name(String kind, String scope, String key) {}

  private record Entry(JobStatus status, long number, byte[] payload, Optional<byte[]> result) {}

  /** Open jobs of one kind, by when they may be taken and then by when they came. */
  private static final Comparator<Entry> BY_DUE = Comparator.<Entry, Instant>comparing(e -> e.status.due())
      .thenComparingLong(Entry::number);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<JobId, Entry> entries = new HashMap<>();
  private final Map<Name, JobId> names = new HashMap<>();
  private final Map<String, NavigableSet<Entry>> open = new HashMap<>();
  private final int capacity;
  private final InstantSource clock;
  private long numbers;

  /** A queue of at most 100,000 open jobs of a kind. */
  public MemoryJobs() {
    this(InstantSource.system());
  }

  /** A queue that reads time from {@code clock}. */
  public MemoryJobs(InstantSource clock) {
    this(clock, DEFAULT_CAPACITY);
  }

  /** A queue that refuses jobs of a kind of which so many wait or run. */
  public MemoryJobs(InstantSource clock, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: at least 1)");
    }
    this.clock = clock;
    this.capacity = capacity;
  }

  @Override
  public Enqueued enqueue(NewJob job) {
    return locked(() -> {
      Entry there = named(job.order()).map(entries::get).orElse(null);
      if (there != null) {
        return JobQueue.repeated(there.status, there.payload, job);
      }
      if (open(job.order().kind()).size() >= capacity) {
        throw JobRefused.full(job.order().kind(), capacity);
      }
      return new Enqueued(add(job), false);
    });
  }

  @Override
  public List<LeasedJob> lease(String kind, int max, String owner, Duration lease) {
    return locked(() -> {
      Instant now = clock.instant();
      var leased = new ArrayList<LeasedJob>();
      for (Entry entry : open(kind).stream().limit(max).toList()) {
        entry.status.leased(owner, now, lease).ifPresent(status -> {
          replace(entry, status, Optional.empty());
          leased.add(new LeasedJob(status, entry.payload));
        });
      }
      return leased;
    });
  }

  @Override
  public Optional<JobStatus> apply(JobChange change) {
    return locked(() -> {
      Entry entry = entries.get(change.id());
      Optional<JobStatus> after = entry == null ? Optional.empty() : change.of(entry.status, clock.instant());
      if (entry != null && after.isPresent()) {
        replace(entry, after.get(), change instanceof JobChange.Complete done ? Optional.of(done.result())
            : Optional.empty());
        change.then().forEach(this::add);
      }
      return after;
    });
  }

  @Override
  public Optional<JobStatus> status(JobId id) {
    return locked(() -> entry(id).map(Entry::status));
  }

  @Override
  public Optional<byte[]> result(JobId id) {
    return locked(() -> entry(id).flatMap(Entry::result));
  }

  @Override
  public Optional<Instant> nextDue(String kind) {
    return locked(() -> open(kind).stream().findFirst().map(entry -> entry.status.due()));
  }

  @Override
  public List<JobStatus> list(JobState state, int limit) {
    return locked(() -> entries.values()
        .stream()
        .filter(entry -> entry.status.state() == state)
        .sorted(Comparator.<Entry, Instant>comparing(entry -> entry.status.changed())
            .thenComparingLong(Entry::number)
            .reversed())
        .limit(limit)
        .map(Entry::status)
        .toList());
  }

  @Override
  public int purge(JobState state, Instant endedBefore, int limit) {
    return locked(() -> {
      List<Entry> old = entries.values()
          .stream()
          .filter(entry -> state.hasEnded() && entry.status.state() == state
              && entry.status.changed().isBefore(endedBefore))
          .limit(limit)
          .toList();
      for (Entry entry : old) {
        entries.remove(entry.status.id());
        name(entry.status.order()).ifPresent(names::remove);
      }
      return old.size();
    });
  }

  @Override
  public void close() {
    // Nothing is held but memory.
  }

  private JobStatus add(NewJob job) {
    JobStatus status = JobStatus.of(job, clock.instant());
    var entry = new Entry(status, numbers++, job.payload(), Optional.empty());
    entries.put(status.id(), entry);
    open(status.kind()).add(entry);
    name(job.order()).ifPresent(name -> names.put(name, status.id()));
    return status;
  }

  private void replace(Entry before, JobStatus status, Optional<byte[]> result) {
    var after = new Entry(status, before.number, before.payload, result);
    entries.put(status.id(), after);
    open(status.kind()).remove(before);
    if (!status.state().hasEnded()) {
      open(status.kind()).add(after);
    }
  }

  private NavigableSet<Entry> open(String kind) {
    return open.computeIfAbsent(kind, _ -> new TreeSet<>(BY_DUE));
  }

  private Optional<Entry> entry(JobId id) {
    @Nullable
    Entry entry = entries.get(id);
    return Optional.ofNullable(entry);
  }

  private Optional<JobId> named(JobOrder order) {
    return name(order).flatMap(name -> Optional.ofNullable(names.get(name)));
  }

  private static Optional<Name> name(JobOrder order) {
    return order.key().map(key -> new Name(order.kind(), order.scope(), key));
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
