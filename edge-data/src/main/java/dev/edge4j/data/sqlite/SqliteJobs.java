package dev.edge4j.data.sqlite;

import dev.edge4j.jobs.Enqueued;
import dev.edge4j.jobs.JobChange;
import dev.edge4j.jobs.JobId;
import dev.edge4j.jobs.JobQueue;
import dev.edge4j.jobs.JobRefused;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.JobStatus;
import dev.edge4j.jobs.LeasedJob;
import dev.edge4j.jobs.NewJob;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A queue of jobs in a SQLite file. What a method has done is on disk when it returns, and each does all of it or nothing, wherever the process
 * is killed; many callers share one flush to disk. Inputs and results lie in tables of their own, so that a lease that is renewed writes neither.
 */
public final class SqliteJobs implements JobQueue {
  private static final int DEFAULT_CAPACITY = 100_000;

  private final SqliteDatabase database;
  private final boolean owner;
  private final InstantSource clock;
  private final JobTables sql;
  private final int capacity;

  private SqliteJobs(SqliteDatabase database, boolean owner, InstantSource clock, JobTables sql, int capacity) {
    this.database = database;
    this.owner = owner;
    this.clock = clock;
    this.sql = sql;
    this.capacity = capacity;
  }

  /**
   * A queue in a file of its own, which {@link #close} closes; it is checked as every {@link SqliteDatabase} is. Nobody else has it open, so whoever
   * held a lease is gone: those jobs are free at once.
   */
  public static SqliteJobs open(Path file) {
    var jobs = create(SqliteDatabase.open(file), true, "jobs", InstantSource.system());
    jobs.database.write(c -> c.update(jobs.sql.free(), jobs.clock.millis()));
    return jobs;
  }

  /** A queue in tables of a database that others use too; {@link #close} leaves it open, and leases end by themselves. */
  public static SqliteJobs on(SqliteDatabase database, String table) {
    return on(database, table, InstantSource.system());
  }

  /** A queue that reads time from {@code clock}. */
  public static SqliteJobs on(SqliteDatabase database, String table, InstantSource clock) {
    return create(database, false, table, clock);
  }

  private static SqliteJobs create(SqliteDatabase database, boolean owner, String table, InstantSource clock) {
    JobTables sql = JobTables.named(table);
    database.write(c -> {
      c.execute(sql.create());
      return table;
    });
    return new SqliteJobs(database, owner, clock, sql, DEFAULT_CAPACITY);
  }

  /** The same queue, refusing jobs of a kind of which so many wait or run; 100,000 by default. */
  public SqliteJobs capacity(int jobs) {
    if (jobs < 1) {
      throw new IllegalArgumentException("capacity: " + jobs + " (expected: at least 1)");
    }
    return new SqliteJobs(database, owner, clock, sql, jobs);
  }

  @Override
  public Enqueued enqueue(NewJob job) {
    NewJob own = new NewJob(job.order(), job.payload().clone(), job.due()); // it may change while the write waits
    return database.write(c -> {
      Optional<Enqueued> there = there(c, own);
      if (there.isPresent()) {
        return there.get();
      }
      String kind = own.order().kind();
      if (c.queryOne(sql.open(), row -> row.getLong(1), kind).orElse(0L) >= capacity) {
        throw JobRefused.full(kind, capacity);
      }
      return new Enqueued(insert(c, own), false);
    });
  }

  private Optional<Enqueued> there(SqlConnection c, NewJob job) throws SQLException {
    var order = job.order();
    if (order.key().isEmpty()) {
      return Optional.empty();
    }
    return c.queryOne(sql.named(), row -> JobQueue.repeated(JobTables.status(row), row.getBytes("payload"), job), order
        .kind(), order.scope(), order.key());
  }

  @Override
  public List<LeasedJob> lease(String kind, int max, String newOwner, Duration lease) {
    checkLimit(max);
    if (nextDue(kind).filter(due -> due.toEpochMilli() <= clock.millis()).isEmpty()) {
      return List.of(); // an idle worker does not trouble the writer
    }
    return database.write(c -> {
      Instant now = now();
      var leased = new ArrayList<LeasedJob>();
      for (LeasedJob free : c.query(sql.due(), row -> new LeasedJob(JobTables.status(row), row.getBytes("payload")),
          kind, now, max)) {
        JobStatus status = free.status().leased(newOwner, now, lease).orElseThrow();
        update(c, status);
        leased.add(new LeasedJob(status, free.payload()));
      }
      return leased;
    });
  }

  @Override
  public Optional<JobStatus> apply(JobChange change) {
    return database.write(c -> {
      Optional<JobStatus> before = c.queryOne(sql.status(), JobTables::status, change.id().text());
      Optional<JobStatus> after = before.flatMap(status -> change.of(status, now()));
      if (before.isPresent() && after.isPresent()) {
        update(c, after.get());
        count(c, after.get().kind(), opened(after.get()) - opened(before.get()));
        if (change instanceof JobChange.Complete done) {
          c.update(sql.keepResult(), done.result(), change.id().text());
        }
        for (NewJob next : change.then()) {
          insert(c, next);
        }
      }
      return after;
    });
  }

  @Override
  public Optional<JobStatus> status(JobId id) {
    return database.read(c -> c.queryOne(sql.status(), JobTables::status, id.text()));
  }

  @Override
  public Optional<byte[]> result(JobId id) {
    return database.read(c -> c.queryOne(sql.result(), row -> row.getBytes(1), id.text()));
  }

  @Override
  public Optional<Instant> nextDue(String kind) {
    return database.read(c -> c.queryOne(sql.nextDue(), row -> Instant.ofEpochMilli(row.getLong(1)), kind));
  }

  @Override
  public List<JobStatus> list(JobState state, int limit) {
    checkLimit(limit);
    return database.readLong(c -> c.query(sql.list(), JobTables::status, state, limit));
  }

  @Override
  public int purge(JobState state, Instant endedBefore, int limit) {
    checkLimit(limit);
    if (!state.hasEnded()) {
      return 0;
    }
    return database.<Integer>write(c -> {
      long purged = 0;
      for (String statement : sql.purge()) { // the jobs themselves last: the others are found by them
        purged = c.update(statement, state, endedBefore, limit);
      }
      return Math.toIntExact(purged);
    });
  }

  @Override
  public void close() {
    if (owner) {
      database.close();
    }
  }

  // ---- on the writer's thread

  private JobStatus insert(SqlConnection c, NewJob job) throws SQLException {
    JobStatus s = JobStatus.of(job, now());
    var order = s.order();
    c.update(sql.insert(), s.id().text(), order.kind(), order.scope(), order.key(), order.webhook(), s.created(), s
        .state(), s.attempts(), s.epoch(), s.version(), s.due(), s.changed(), s.owner(), s.progress()
            .fraction(),
        s.progress().note(), s.error());
    c.update(sql.keepPayload(), c.lastInsertId(), job.payload());
    count(c, order.kind(), 1);
    return s;
  }

  private void update(SqlConnection c, JobStatus s) throws SQLException {
    c.update(sql.update(), s.state(), s.attempts(), s.epoch(), s.version(), s.due(), s.changed(), s.owner(), s
        .progress()
        .fraction(), s.progress().note(), s.error(), s.id().text());
  }

  private void count(SqlConnection c, String kind, int change) throws SQLException {
    if (change != 0) {
      c.update(sql.count(), kind, change);
    }
  }

  private static int opened(JobStatus status) {
    return status.state().hasEnded() ? 0 : 1;
  }

  /** To SQLite a limit that is negative is none. */
  private static void checkLimit(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: zero or more)");
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
