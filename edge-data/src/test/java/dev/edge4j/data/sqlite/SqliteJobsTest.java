package dev.edge4j.data.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.contract.JobQueueContract;
import dev.edge4j.data.testing.ManualClock;
import dev.edge4j.jobs.JobChange;
import dev.edge4j.jobs.JobQueue;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.LeasedJob;
import dev.edge4j.jobs.NewJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is a queue of jobs, keeps them over a restart, and finds what it needs by its indexes. */
class SqliteJobsTest extends JobQueueContract {
  private final ManualClock clock = new ManualClock();
  private final Path folder;
  private final SqliteDatabase database;

  SqliteJobsTest(@TempDir Path folder) {
    this.folder = folder;
    this.database = SqliteDatabase.open(folder.resolve("shared.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected JobQueue open() {
    return SqliteJobs.on(database, "jobs", clock).capacity(CAPACITY);
  }

  @Override
  protected Instant now() {
    return clock.instant();
  }

  @Override
  protected void pass(Duration time) {
    clock.forward(time);
  }

  @Test
  void whoHeldALeaseBeforeARestartIsGone() {
    Path file = folder.resolve("own.db");
    LeasedJob before;
    try (var jobs = SqliteJobs.open(file)) {
      jobs.enqueue(NewJob.of("a", new byte[]{1}));
      before = jobs.lease("a", 1, "first", Duration.ofDays(1)).getFirst();
    }
    try (var jobs = SqliteJobs.open(file)) {
      LeasedJob after = jobs.lease("a", 1, "second", Duration.ofDays(1)).getFirst();
      assertEquals(before.status().id(), after.status().id());
      assertEquals(2, after.status().attempts());
    }
  }

  @Test
  void twoQueuesOfOneDatabaseKnowNothingOfEachOther() {
    JobQueue a = open();
    JobQueue b = SqliteJobs.on(database, "others", clock);
    a.enqueue(NewJob.of("a", new byte[]{1}));
    a.close();
    assertEquals(List.of(), b.lease("a", 1, "w", Duration.ofSeconds(1)));
    assertEquals(1, open().list(JobState.WAITING, 10).size());
  }

  @Test
  void forgetsInputsAndResultsToo() {
    JobQueue jobs = open();
    jobs.enqueue(NewJob.of("a", new byte[]{1}));
    LeasedJob leased = jobs.lease("a", 1, "w", Duration.ofSeconds(1)).getFirst();
    jobs.apply(new JobChange.Complete(leased.claim(), new byte[]{2}, List.of()));
    assertEquals(1, rows("jobs_payload"));
    assertEquals(1, rows("jobs_result"));
    jobs.purge(JobState.DONE, clock.instant().plusSeconds(1), 10);
    assertEquals(0, rows("jobs"));
    assertEquals(0, rows("jobs_payload"));
    assertEquals(0, rows("jobs_result"));
  }

  @Test
  void whatAFileOfRubbishHoldsIsNoQueue() throws Exception {
    Path file = folder.resolve("rubbish.db");
    Files.writeString(file, "no database, but long enough to be read as the head of one".repeat(20));
    assertThrows(StoreException.class, () -> SqliteJobs.open(file));
  }

  @Test
  void findsByIndexesAlone() {
    JobTables sql = JobTables.named("jobs");
    open();
    for (String query : List.of(sql.status(), sql.named(), sql.due(), sql.nextDue(), sql.list(), sql.purge()
        .getFirst())) {
      String plan = plan(query);
      assertFalse(plan.contains("SCAN") || plan.contains("TEMP B-TREE"), query + "\n" + plan);
      assertTrue(plan.contains("INDEX"), query + "\n" + plan);
    }
  }

  private String plan(String query) {
    Object[] nothing = query.chars().filter(c -> c == '?').mapToObj(_ -> 0).toArray();
    List<String> steps = database.read(c -> c.query("EXPLAIN QUERY PLAN " + query, row -> row.getString("detail"),
        nothing));
    return String.join("\n", steps);
  }

  private long rows(String table) {
    return database.read(c -> c.queryOne("SELECT count(*) FROM " + table, row -> row.getLong(1))).orElseThrow();
  }
}
