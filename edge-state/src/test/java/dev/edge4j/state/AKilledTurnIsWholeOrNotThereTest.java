package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of a process that is killed, each turn of an object with SQL is there with all it wrote, tables, storage, attributes and alarms, or with nothing. */
@Timeout(120)
class AKilledTurnIsWholeOrNotThereTest {
  private static final int ROUNDS = 2;

  @Test
  void whatWasAcknowledgedIsThereAndAgrees(@TempDir Path folder) throws Exception {
    var random = new Random();
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(runAndKill(folder, "run" + round, 20 + random.nextInt(60)));
      try (DurableObjects objects = DurableObjects.embedded(folder)) {
        Namespace<Ledger> ledgers = objects.namespace(Ledger.declared("ledger"));
        var kept = new ArrayList<String>();
        for (String name : IntStream.range(0, LedgerProcess.LEDGERS).mapToObj(i -> "ledger" + i).toList()) {
          List<Ledger.Line> lines = ledgers.get(name).lines();
          lines.forEach(line -> kept.add(name + " " + line.what()));
          agrees(ledgers, name, lines);
        }
        assertTrue(kept.containsAll(acknowledged), "acknowledged, and all there");
        assertEquals(kept.stream().distinct().count(), kept.size());
        assertTrue(kept.size() - acknowledged.size() <= (round + 1) * LedgerProcess.LEDGERS, "one each under way");
      }
    }
  }

  /** Rows, entries, attributes and alarms are of the same turn, and so is what others find of it. */
  private static void agrees(Namespace<Ledger> ledgers, String name, List<Ledger.Line> lines) {
    ObjectInfo info = ledgers.inspect(name);
    assertEquals(!lines.isEmpty(), info.exists());
    assertEquals(info.exists(), ledgers.list("", 10).contains(name));
    if (info.exists()) {
      String last = lines.getLast().what();
      assertEquals(String.valueOf(lines.size()), info.entries().get("count"));
      assertEquals(last, info.attributes().get("last"));
      assertEquals(List.of(name), ledgers.find("last", last, "", 10));
      assertTrue(info.alarms().getOrDefault("close", Instant.EPOCH).isAfter(Instant.now()));
    }
  }

  private static List<String> runAndKill(Path folder, String run, int after) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), LedgerProcess.class
            .getName(), folder.toString(), run).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return AddingProcess.killAfter(after, process);
  }
}
