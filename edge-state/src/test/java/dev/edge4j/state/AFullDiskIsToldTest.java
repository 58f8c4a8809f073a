package dev.edge4j.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.state.runtime.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the files take no more, or are gone, callers are told so and no more is believed than is there. */
@Timeout(120)
class AFullDiskIsToldTest {
  /** A limit of 3 MiB on the size of files, which the kernel answers as it does a full disk: the write fails. */
  @Test
  void whatWasAcknowledgedBeforeIsThereAndTheRestWasRefused(@TempDir Path folder) throws Exception {
    var task = new AddingProcess.Task(folder, "run", 8, 3_000, Step.REPLIED, 0);
    Process process = task.start(List.of("sh", "-c", "ulimit -f 6144; trap '' XFSZ; exec \"$@\"", "sh"));
    List<String> lines = AddingProcess.lines(process).toList();
    assertEquals(0, process.waitFor());
    List<String> failed = lines.stream().filter(line -> line.startsWith("failed ")).toList();
    Set<String> acknowledged = new HashSet<>(lines);
    failed.forEach(acknowledged::remove);
    assertEquals(8, failed.size(), "each writer came to the end of the disk: " + failed);
    List<String> kept = AddingProcess.kept(folder);
    assertEquals(kept.size(), new HashSet<>(kept).size());
    assertTrue(kept.containsAll(acknowledged));
    for (String line : failed) {
      String entry = line.split(" ", -1)[2];
      assertTrue(line.contains("UNKNOWN") || !kept.contains(entry), line + " but it is there");
    }
  }

  @Test
  void aDatabaseThatIsDamagedUnderTheProgram(@TempDir Path folder) throws Exception {
    var objects = DurableObjects.embedded(folder, DurableObjectsOptions.defaults().withShards(1));
    Namespace<Counter> counters = objects.namespace("counter", Counter.class, Counter.Stored::new);
    counters.get("one").add(1);
    Path file = folder.resolve("shard-0.db");
    Files.write(file, new byte[(int) Files.size(file)]);
    Files.write(folder.resolve("shard-0.db-wal"), new byte[0]);
    var failed = assertThrows(ObjectException.class, () -> counters.get("two").add(1));
    assertEquals(Outcome.NOT_EXECUTED, failed.outcome());
    assertTrue(String.valueOf(failed.getMessage()).contains("counter/two"), failed.getMessage());
    try {
      objects.close();
    } catch (RuntimeException _) {
      // what is no database cannot be closed as one
    }
  }
}
