package dev.edge4j.data.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Aside;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged before the process was killed is there after it, and the file opens at once. */
@Aside
class KilledWriterTest {
  @Test
  void everyAcknowledgedWriteSurvives(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.db");
    Process writer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Writer.class.getName(),
        file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var acknowledged = new ArrayList<Long>();
    try (BufferedReader lines = writer.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(Long.parseLong(line));
        if (acknowledged.size() == 500) {
          assertTrue(writer.toHandle().destroyForcibly(), "SIGKILL, and the rest of its output is still read");
        }
      }
    }
    assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
    assertTrue(acknowledged.size() >= 500, "only " + acknowledged.size() + " writes");
    try (var database = SqliteDatabase.open(file)) {
      List<Long> there = database.read(c -> c.query("SELECT id FROM t", row -> row.getLong(1)));
      Set<Long> lost = new HashSet<>(acknowledged);
      there.forEach(lost::remove);
      assertEquals(Set.of(), lost);
    }
  }

  /** Sixteen threads that write and say so, for ever. */
  static final class Writer {
    public static void main(String[] args) {
      var database = SqliteDatabase.open(Path.of(args[0]));
      database.write(c -> {
        c.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)");
        return 0;
      });
      for (int i = 0; i < 16; i++) {
        Thread.ofPlatform().start(() -> {
          while (true) {
            long id = database.write(c -> {
              c.update("INSERT INTO t DEFAULT VALUES");
              return c.lastInsertId();
            });
            System.out.println(id);
          }
        });
      }
    }
  }
}
