package dev.edge4j.data.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is opened if it is sound and ours alone; else one line says what is wrong, and nothing is overwritten. */
class OpeningTest {
  private final Path folder;

  OpeningTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void makesTheFolderAndTheFile() {
    Path file = folder.resolve("a/b/c.db");
    try (var database = SqliteDatabase.open(file)) {
      assertEquals("wal", database.read(c -> c.queryOne("PRAGMA journal_mode", row -> row.getString(1))).orElseThrow());
      assertEquals(2L, database.write(c -> c.queryOne("PRAGMA synchronous", row -> row.getLong(1))).orElseThrow());
      assertEquals(1L, database.write(c -> c.queryOne("PRAGMA foreign_keys", row -> row.getLong(1))).orElseThrow());
    }
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(folder.resolve("a/b/c.db-wal")), "the log is folded into the file at close");
  }

  @Test
  void trustsTheOperatingSystemOnlyWhenToldSo() {
    var options = SqliteOptions.defaults().withSynchronous(SqliteOptions.Synchronous.NORMAL);
    try (var database = SqliteDatabase.open(folder.resolve("a.db"), options)) {
      assertEquals(1L, database.write(c -> c.queryOne("PRAGMA synchronous", row -> row.getLong(1))).orElseThrow());
    }
  }

  @Test
  void refusesWhatIsNoDatabase() throws Exception {
    Path file = folder.resolve("notes.txt");
    byte[] content = "these are my notes, and there is no copy of them. ".repeat(40).getBytes(UTF_8);
    Files.write(file, content);
    assertEquals(file.toRealPath() + " is not a SQLite database", refusal(file));
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void refusesADamagedFile() throws Exception {
    Path file = folder.resolve("a.db");
    try (var database = SqliteDatabase.open(file)) {
      database.write(c -> {
        c.execute("CREATE TABLE t (v TEXT); CREATE INDEX i ON t (v);");
        for (int n = 0; n < 2_000; n++) {
          c.update("INSERT INTO t VALUES (?)", "row " + n + " of some length to fill pages");
        }
        return 0;
      });
    }
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = new byte[4096 * 3];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, 4096 * 5, noise.length);
    Files.write(file, bytes);
    String refusal = refusal(file);
    assertTrue(refusal.startsWith(file.toRealPath().toString()), refusal);
    assertTrue(refusal.contains("damaged") || refusal.contains("malformed"), refusal);
    assertFalse(refusal.contains("\n"), refusal);
    assertTrue(Arrays.equals(bytes, Files.readAllBytes(file)));
  }

  @Test
  void refusesAFolderThatCannotBeMade() throws Exception {
    Path below = Files.writeString(folder.resolve("file"), "x").resolve("sub/a.db");
    assertTrue(refusal(below).startsWith("folder " + below.getParent() + " is not writable"), refusal(below));
  }

  @Test
  void refusesAFolderInPlaceOfAFile() {
    assertTrue(refusal(folder).endsWith("is a folder (expected: a file)"), refusal(folder));
  }

  @Test
  void refusesASecondOwnerInThisProcess() {
    Path file = folder.resolve("a.db");
    try (var _ = SqliteDatabase.open(file)) {
      assertTrue(refusal(file).contains("already open in this process"), refusal(file));
    }
    SqliteDatabase.open(file).close();
  }

  @Test
  void refusesASecondOwnerInAnotherProcess() throws Exception {
    Path file = folder.resolve("a.db");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process other;
    try (var _ = SqliteDatabase.open(file)) {
      other = new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-cp",
          System.getProperty("java.class.path"), Opener.class.getName(), file.toString()).redirectErrorStream(true)
          .start();
      String said = new String(other.getInputStream().readAllBytes(), UTF_8);
      assertTrue(said.contains("BUSY") && said.contains("already open in another process"), said);
    }
    assertTrue(other.waitFor(1, TimeUnit.MINUTES));
  }

  /** What the other process runs. */
  static final class Opener {
    public static void main(String[] args) {
      try (var _ = SqliteDatabase.open(Path.of(args[0]))) {
        System.out.println("opened");
      } catch (StoreException e) {
        System.out.println(e.reason() + " " + e.getMessage());
      }
    }
  }

  private static String refusal(Path file) {
    return assertThrows(StoreException.class, () -> SqliteDatabase.open(file).close()).getMessage();
  }
}
