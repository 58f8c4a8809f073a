package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reply leaves only once its turn is on disk: what a lost process acknowledged is there, once and whole. */
@Execution(ExecutionMode.CONCURRENT)
class ReplyAfterCommitTest {
  private static final int ROUNDS = Boolean.getBoolean("edge4j.long") ? 200 : 20;
  private static final int WRITERS = 64;
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final Random random = new Random();

  @Test
  @Timeout(600)
  void everyAcknowledgedTurnSurvivesAKillExactlyOnce(@TempDir Path folder) throws Exception {
    Set<String> acknowledged = new HashSet<>();
    for (int round = 1; round <= ROUNDS; round++) {
      var task = new AddingProcess.Task(folder, "run" + round, WRITERS, ENDLESS, Step.REPLIED, 0);
      acknowledged.addAll(AddingProcess.killAfter(1 + random.nextInt(1_000), task.start(List.of())));
      check(folder, acknowledged, round);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TURN_BEGINS", "TURN_ENDS", "COMMIT_HANDED_OVER", "COMMIT_DURABLE", "REPLIED"})
  @Timeout(120)
  void andAHaltAtEveryStep(Step step, @TempDir Path folder) throws Exception {
    var task = new AddingProcess.Task(folder, "run", WRITERS, 10, step, 1 + random.nextInt(200));
    Process process = task.start(List.of());
    Set<String> acknowledged = new HashSet<>(AddingProcess.lines(process).toList());
    assertEquals(AddingProcess.HALTED, process.waitFor(), "halted at the step");
    check(folder, acknowledged, 1);
  }

  /** Seen from below, where the kernel sees it: between two replies the log is written and flushed. */
  @Test
  @Timeout(120)
  void theFlushEndsBeforeTheReplyBegins(@TempDir Path folder) throws Exception {
    assertTrue(Stream.of(System.getenv("PATH").split(":", -1)).anyMatch(p -> Files.isExecutable(Path.of(p, "strace"))),
        "no strace on the PATH (install it: apt-get install -y strace)");
    Path trace = folder.resolve("trace");
    var task = new AddingProcess.Task(folder.resolve("data"), "run", 1, 12, Step.REPLIED, 0);
    Process process = task.start(List.of("strace", "-f", "--seccomp-bpf", "-yy", "-s", "64", "-o", trace.toString(),
        "-e", "trace=fdatasync,fsync,pwrite64,write"));
    List<String> replies = AddingProcess.lines(process).toList();
    assertEquals(0, process.waitFor());
    assertEquals(IntStream.range(0, 12).mapToObj(i -> "run-0-" + i).toList(), replies);
    assertEquals(List.of(), FlushOrder.unflushed(Files.readAllLines(trace), replies));
  }

  private static void check(Path folder, Set<String> acknowledged, int rounds) {
    List<String> kept = AddingProcess.kept(folder);
    Set<String> once = new HashSet<>(kept);
    assertEquals(once.size(), kept.size(), "entries are there once");
    List<String> lost = acknowledged.stream().filter(entry -> !once.contains(entry)).toList();
    assertEquals(List.of(), lost, "acknowledged but lost");
    int unacknowledged = kept.size() - acknowledged.size();
    assertTrue(unacknowledged <= rounds * WRITERS, "at most one per writer was under way: " + unacknowledged);
  }
}
