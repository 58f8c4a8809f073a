package dev.edge4j.data.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.data.sqlite.SqliteJobs;
import dev.edge4j.jobs.JobId;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.Jobs;
import dev.edge4j.jobs.OriginJob;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The listing of docs/jobs.md about the queue on disk. */
class JobsGuideTest {
  @TempDir private Path folder;

  @Test
  void aQueueOnDiskSurvivesItsProcess() throws Exception {
    OriginJob<String, String> shout = OriginJob.named("shout", String.class, String.class)
        .runs((_, text) -> text + "!");
    JobId id;
    // tag::sqlite[]
    try (var queue = SqliteJobs.open(folder.resolve("jobs.db")); Jobs jobs = Jobs.over(queue).doing(shout).start()) {
      id = jobs.submit(shout, "hello").id(); // on disk when it returns
    }
    // end::sqlite[]
    try (var queue = SqliteJobs.open(folder.resolve("jobs.db")); Jobs jobs = Jobs.over(queue).doing(shout).start()) {
      assertEquals(JobState.DONE, jobs.await(id, Duration.ofSeconds(20)).orElseThrow().state());
    }
  }
}
