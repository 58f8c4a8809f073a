package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checks of {@link ReplicaTortureTest} find a replica that confirms what it has received and not committed: the watch on slots while it
 * runs, and the rows once it was killed in between, unless it sees by itself that its file is behind. The mutants are our own sources
 * with one change, in a process of their own.
 */
@Aside
@Timeout(180)
class ConfirmedAheadIsFoundTest {
  private static final Path MAIN = Path.of(System.getProperty("edge4j.house", ".."),
      "edge-data/src/main/java/dev/edge4j/data/replica");
  private static final String SLOT = "edge_torture_child";
  private static final String CONFIRM = "    lastConfirm = System.nanoTime();\n";
  /** Before the commit, and the origin gets the time to read it. */
  private static final String AHEAD = """
          if (pending > file.applied()) {
            stream.setAppliedLSN(LogSequenceNumber.valueOf(pending));
            stream.setFlushedLSN(LogSequenceNumber.valueOf(pending));
            stream.forceUpdateStatus();
            LockSupport.parkNanos(30_000_000);
            %s
          }
      """;

  private final OriginDatabase origin = new OriginDatabase(Engines.database(Engines.postgresAside()));
  private final Connection writer;
  private final Path folder;
  private final Generations copy;
  private Optional<Process> child = Optional.empty();
  private int written;

  ConfirmedAheadIsFoundTest(@TempDir Path folder) throws SQLException {
    this.folder = folder;
    this.writer = origin.connect();
    this.copy = new Generations(folder.resolve("child.db"));
    new TortureOrigin(origin.url(), new java.util.Random(1)).create();
  }

  @AfterEach
  void end() throws Exception {
    kill();
    writer.close();
    Await.until("the slot is free", () -> origin.rows(
        "SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '"
            + SLOT + "'").isEmpty());
    origin.rows("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + SLOT
        + "'");
  }

  @Test
  void byTheWatchWhileItRuns() throws Exception {
    start(mutants(mutant("Following", CONFIRM, CONFIRM + AHEAD.formatted(""))));
    try (Connection connection = origin.connect()) {
      Optional<String> found = Optional.empty();
      long end = System.nanoTime() + Await.LONG.toNanos();
      while (found.isEmpty() && System.nanoTime() < end) {
        write();
        found = ConfirmedAhead.whileFollowing(connection, SLOT, copy);
      }
      assertTrue(found.isPresent(), "it was not found");
    }
  }

  @Test
  void byTheRowsAfterAKillInBetween() throws Exception {
    String halts = AHEAD.formatted("Runtime.getRuntime().halt(9);");
    String behind = "if (applied < slot.get().confirmed()) {";
    writeUntilItHalts(mutants(mutant("Following", CONFIRM, CONFIRM + halts)));
    start(mutants(mutant("Resume", behind, "if (applied < 0) {")));
    assertNotEquals(origin.rows("SELECT id FROM items ORDER BY id"), copied(), "what was in between is missing");
    kill();
    writeUntilItHalts(mutants(mutant("Following", CONFIRM, CONFIRM + halts), mutant("Resume", behind,
        "if (applied < 0) {")));
    start(mutants());
    assertEquals(origin.rows("SELECT id FROM items ORDER BY id"), copied(), "it sees that its file is behind");
  }

  private void writeUntilItHalts(Path mutants) throws Exception {
    start(mutants);
    long end = System.nanoTime() + Await.LONG.toNanos();
    while (child.orElseThrow().isAlive()) {
      assertTrue(System.nanoTime() < end, "it goes on");
      write();
    }
    assertEquals(9, child.orElseThrow().exitValue());
    try (Connection connection = origin.connect()) {
      assertTrue(ConfirmedAhead.whereItWasKilled(connection, SLOT, copy).isPresent(), "the torture would see it");
    }
  }

  private List<String> copied() throws Exception {
    long position = origin.position().offset();
    Await.until("the copy has caught up", () -> CopyFile.applied(copy) >= position);
    Path file = copy.newest().orElseThrow();
    TableShape items = CopyFile.tables(file).stream().filter(t -> t.name().equals("items")).findFirst().orElseThrow();
    int id = items.columns().stream().map(TableShape.Column::name).toList().indexOf("id");
    return CopyFile.rows(file, items)
        .stream()
        .map(row -> row.split("\\|", -1)[id])
        .map(Long::valueOf)
        .sorted()
        .map(String::valueOf)
        .toList();
  }

  /** Some transactions, one right after the other: what has come is not committed to the copy at once. */
  private void write() throws SQLException {
    try (Statement statement = writer.createStatement()) {
      for (int i = 0; i < 10; i++) {
        written++;
        statement.execute("INSERT INTO items (id, version) VALUES (" + written + ", 1)");
      }
    }
  }

  private void start(Path mutants) throws IOException {
    child = Optional.of(TortureChild.start(origin.url(), folder.resolve("child.db"), mutants));
  }

  private void kill() throws InterruptedException {
    if (child.isPresent()) {
      assertTrue(child.get().destroyForcibly().waitFor(1, TimeUnit.MINUTES));
    }
  }

  private record Mutant(String name, String text) {}

  private static Mutant mutant(String name, String before, String after) throws IOException {
    String text = Files.readString(MAIN.resolve(name + ".java"));
    assertTrue(text.contains(before), () -> name + " has changed: the mutant needs an update");
    return new Mutant(name, text.replace(before, after));
  }

  /** A folder of classes; empty without mutants. */
  private Path mutants(Mutant... mutants) throws IOException {
    Path classes = Files.createTempDirectory(folder, "mutants");
    for (Mutant mutant : mutants) {
      Path source = Files.writeString(Files.createDirectories(classes.resolve("src")).resolve(mutant.name + ".java"),
          mutant.text);
      int code = ToolProvider.findFirst("javac")
          .orElseThrow()
          .run(System.out, System.err, "-proc:none", "-implicit:none", "-nowarn", "-d", classes.toString(),
              "-classpath",
              System.getProperty("java.class.path"), source.toString());
      assertEquals(0, code, () -> mutant.name + " does not compile with this change");
    }
    return classes;
  }
}
