package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reply leaves only once its turn is on disk: what a killed process acknowledged is there, once. */
@Timeout(120)
class ReplyAfterCommitTest {
  private static final int ROUNDS = 3;
  private static final int WRITERS = 4;

  @Test
  void everyAcknowledgedTurnSurvivesAKillExactlyOnce(@TempDir Path folder) throws Exception {
    var random = new Random();
    var acknowledged = new ArrayList<String>();
    for (int round = 1; round <= ROUNDS; round++) {
      acknowledged.addAll(runAndKill(folder, "run" + round, 50 + random.nextInt(500)));
      List<String> kept = kept(folder);
      assertEquals(kept.stream().distinct().count(), kept.size(), "entries are there once");
      assertTrue(kept.containsAll(acknowledged), () -> {
        acknowledged.removeAll(kept);
        return "acknowledged but lost: " + acknowledged;
      });
      int unacknowledged = kept.size() - acknowledged.size();
      assertTrue(unacknowledged <= round * WRITERS, "at most one per writer was under way: " + unacknowledged);
    }
  }

  private static List<String> kept(Path folder) {
    try (var objects = DurableObjects.embedded(folder)) {
      Namespace<AddingProcess.Log> logs = objects.namespace("log", AddingProcess.Log.class,
          AddingProcess.StoredLog::new);
      return Stream.of("log0", "log1").flatMap(name -> logs.get(name).entries().stream()).toList();
    }
  }

  /** Starts a process, kills it after so many acknowledged entries; all it acknowledged. */
  private static List<String> runAndKill(Path folder, String run, int after) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), AddingProcess.class
            .getName(),
        folder.toString(), run).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      var acknowledged = new ArrayList<String>();
      for (int i = 0; i < after; i++) {
        String line = lines.readLine();
        assertTrue(line != null, "the process ended by itself");
        acknowledged.add(line);
      }
      process.toHandle().destroyForcibly(); // the handle leaves our end of the pipe open
      acknowledged.addAll(rest(lines));
      return acknowledged;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** What was printed before the kill took hold, without a last line that it cut. */
  private static List<String> rest(BufferedReader lines) {
    var text = new StringBuilder();
    try {
      for (int c = lines.read(); c >= 0; c = lines.read()) {
        text.append((char) c);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.substring(0, text.lastIndexOf("\n") + 1).lines().toList();
  }
}
