package dev.edge4j.data.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.ClickHouses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ClickHouse keeps its tables through a crash, and ends with the program that started it. */
@Timeout(60)
class ClickHouseServerTest {
  @BeforeAll
  static void needsClickHouse() {
    ClickHouses.assumeHere(ClickHouseServerTest.class);
  }

  @Test
  void itsTablesAreThereAfterACrashAndALaterStart(@TempDir Path folder) {
    try (ClickHouseServer server = ClickHouseServer.in(folder)) {
      ClickHouses.query(server, "CREATE DATABASE kept");
      ClickHouses.query(server, "CREATE TABLE kept.t (id Int32) ENGINE = MergeTree ORDER BY id");
      ClickHouses.query(server, "INSERT INTO kept.t VALUES (7)");
      server.kill();
      assertFalse(EngineProcess.accepts(server.port()));
      server.restart();
      assertEquals(List.of("7"), ClickHouses.query(server, "SELECT id FROM kept.t"));
    }
    try (ClickHouseServer again = ClickHouseServer.in(folder)) {
      assertEquals(List.of("7"), ClickHouses.query(again, "SELECT id FROM kept.t"));
    }
    assertTrue(ClickHouseServer.isCached());
  }

  @Test
  void itEndsWhenItsProgramIsKilled() throws Exception {
    Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Holding.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String id;
    try (var output = program.inputReader()) {
      id = String.valueOf(output.readLine());
    }
    program.destroyForcibly().waitFor();
    var server = ProcessHandle.of(Long.parseLong(id));
    if (server.isPresent()) {
      server.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void namesThatWouldBeMarkupAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ClickHouseServer.start(Map.of("a><b", "")));
  }

  /** A program that holds a server until it is killed. */
  static final class Holding {
    private Holding() {}

    public static void main(String[] args) throws Exception {
      try (ClickHouseServer server = ClickHouseServer.start()) {
        System.out.println(server.pid());
        Thread.sleep(Duration.ofMinutes(1));
      }
    }
  }
}
