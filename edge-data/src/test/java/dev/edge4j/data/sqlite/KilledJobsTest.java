package dev.edge4j.data.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Aside;
import dev.edge4j.jobs.JobId;
import dev.edge4j.jobs.JobQueue;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.JobStatus;
import dev.edge4j.jobs.Jobs;
import dev.edge4j.jobs.OriginJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * However often the process is killed, and wherever: every job that was taken in is done, at least once by the work and exactly once by the
 * queue, and none is half done.
 */
@Aside
@Timeout(120)
class KilledJobsTest {
  private static final int ROUNDS = Boolean.getBoolean("edge4j.long") ? 20 : 3;

  @Test
  void everyAcknowledgedJobIsDone(@TempDir Path folder) throws Exception {
    Set<String> acknowledged = new HashSet<>();
    var random = new Random();
    for (int round = 1; round <= ROUNDS; round++) {
      acknowledged.addAll(runAndKill(folder, "round" + round, 20 + random.nextInt(40)));
    }
    assertTrue(acknowledged.size() >= ROUNDS * 20, "only " + acknowledged.size() + " jobs");

    try (var queue = SqliteJobs.open(Child.queue(folder))) {
      OriginJob<String, String> append = Child.append(folder);
      List<JobStatus> left = queue.list(JobState.RUNNING, 100_000);
      assertTrue(left.stream().allMatch(job -> queue.result(job.id()).isEmpty()), "half done");
      try (Jobs jobs = Jobs.over(queue).doing(append).start()) {
        for (List<JobStatus> open = open(queue); !open.isEmpty(); open = open(queue)) {
          jobs.await(open.getFirst().id(), Duration.ofSeconds(30));
        }
        assertEquals(Set.of(), lost(jobs, append, acknowledged));
      }
      List<JobStatus> done = queue.list(JobState.DONE, 100_000);
      assertEquals(done.size(), done.stream().map(job -> job.order().key()).distinct().count(), "a key is one job");
      assertEquals(List.of(), queue.list(JobState.DEAD, 1));
      Set<String> appended = Files.readAllLines(Child.log(folder)).stream().collect(Collectors.toSet());
      for (JobStatus job : done) {
        assertTrue(appended.contains(job.order().key().orElseThrow()), "done without its work");
      }
      assertFalse(done.stream().allMatch(job -> job.attempts() == 1),
          "no kill hit a running job: this test proves nothing");
    }
  }

  private static List<JobStatus> open(JobQueue queue) {
    List<JobStatus> running = queue.list(JobState.RUNNING, 1);
    return running.isEmpty() ? queue.list(JobState.WAITING, 1) : running;
  }

  /** The acknowledged jobs without the result that is theirs. */
  private static Set<String> lost(Jobs jobs, OriginJob<String, String> append, Set<String> acknowledged) {
    return acknowledged.stream().filter(line -> {
      int space = line.indexOf(' ');
      return !jobs.result(append, new JobId(line.substring(0, space)))
          .equals(Optional.of("appended " + line.substring(space + 1)));
    }).collect(Collectors.toSet());
  }

  /** What a child has acknowledged until it was killed, which is some time after it has acknowledged so many. */
  private static Set<String> runAndKill(Path folder, String round, int after) throws Exception {
    Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty(
            "java.class.path"), Child.class.getName(), folder.toString(), round)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    Set<String> acknowledged = new HashSet<>();
    try (BufferedReader lines = child.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == after) {
          assertTrue(child.toHandle().destroyForcibly(), "SIGKILL, and the rest of its output is still read");
        }
      }
    } finally {
      child.destroyForcibly();
    }
    assertTrue(child.waitFor(60, TimeUnit.SECONDS));
    return acknowledged;
  }

  /** Hands in jobs for ever, says so, and does them. */
  static final class Child {
    static Path queue(Path folder) {
      return folder.resolve("jobs.db");
    }

    static Path log(Path folder) {
      return folder.resolve("log");
    }

    static OriginJob<String, String> append(Path folder) {
      return OriginJob.named("append", String.class, String.class).runs((_, line) -> {
        write(log(folder), line);
        return "appended " + line;
      });
    }

    public static void main(String[] args) {
      Path folder = Path.of(args[0]);
      OriginJob<String, String> append = append(folder);
      Jobs jobs = Jobs.over(SqliteJobs.open(queue(folder))).doing(append).start();
      for (int thread = 0; thread < 4; thread++) {
        String name = args[1] + "-" + thread + "-";
        Thread.ofPlatform().start(() -> {
          for (int i = 0; true; i++) {
            String key = name + i;
            JobId id = jobs.submit(append, key, key).id();
            System.out.println(id + " " + key);
            if (i % 4 == 3) { // a few wait while others run, and not more and more
              awaitEnd(jobs, id);
            }
          }
        });
      }
    }

    private static void awaitEnd(Jobs jobs, JobId id) {
      try {
        jobs.await(id, Duration.ofSeconds(30));
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts", e);
      }
    }

    private static void write(Path log, String line) {
      try {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
