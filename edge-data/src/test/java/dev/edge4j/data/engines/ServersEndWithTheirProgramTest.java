package dev.edge4j.data.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server ends with the program that started it, however that ends, and what it acknowledged is there after a crash of its own. */
@Aside
@Timeout(60)
class ServersEndWithTheirProgramTest {
  @Test
  void theyEndWhenTheirProgramIsKilled() throws Exception {
    Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Holding.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String[] ids;
    try (var output = program.inputReader()) {
      ids = String.valueOf(output.readLine()).split(" ", -1);
    }
    assertEquals(2, ids.length, String.join(" ", ids));
    program.destroyForcibly().waitFor();
    for (String id : ids) {
      awaitEnd(Long.parseLong(id));
    }
  }

  private static void awaitEnd(long pid) throws Exception {
    var server = ProcessHandle.of(pid);
    if (server.isPresent()) {
      server.get().onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatPostgresAcknowledgedIsThereAfterACrash() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      execute(server, "CREATE TABLE kept (id int)");
      execute(server, "INSERT INTO kept VALUES (7)");
      server.kill();
      assertFalse(EngineProcess.accepts(server.port()));
      server.restart();
      try (Connection connection = DriverManager.getConnection(server.url("postgres"));
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id, current_setting('wal_level') FROM kept")) {
        assertTrue(rows.next());
        assertEquals(7, rows.getInt(1));
        assertEquals("logical", rows.getString(2));
      }
    }
  }

  @Test
  void postgresStartsAgainWhileProcessesOfTheKilledOneStillEnd() throws Exception {
    try (PostgresServer server = PostgresServer.start();
        Connection connection = DriverManager.getConnection(server.url("postgres"));
        Statement statement = connection.createStatement()) {
      var busy = CompletableFuture.supplyAsync(() -> outcome(statement));
      awaitBusy(server);
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
      server.restart();
      execute(server, "SELECT 1");
      assertNotEquals("", busy.get(20, TimeUnit.SECONDS));
    }
  }

  /** Counts until its connection is lost. */
  private static String outcome(Statement statement) {
    try {
      while (true) {
        statement.execute("SELECT count(*) FROM generate_series(1, 3000000)");
      }
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void awaitBusy(PostgresServer server) throws Exception {
    try (Connection connection = DriverManager.getConnection(server.url("postgres"));
        Statement statement = connection.createStatement()) {
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      boolean busy = false;
      while (!busy) {
        assertTrue(System.nanoTime() < end, "it does not count");
        try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
            + " WHERE state = 'active' AND query LIKE '%generate_series(1, 3000000)' AND pid <> pg_backend_pid()")) {
          busy = rows.next() && rows.getInt(1) == 1;
        }
      }
    }
  }

  /** The terminal sends the signal to all processes of its session. */
  @Test
  void ctrlCDoesNotReachThem() throws Exception {
    try (RedisServer redis = RedisServer.start()) {
      assertNotEquals(session(ProcessHandle.current().pid()), session(redis.pid()));
    }
  }

  /** Behind the name, which may hold anything, the fourth field (proc_pid_stat(5)). */
  private static String session(long pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[3];
  }

  private static void execute(PostgresServer server, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(server.url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void eachTestHasADatabaseOfItsOwn() {
    assertFalse(Engines.database().equals(Engines.database()));
  }

  /** A program that holds two servers until it is killed. */
  static final class Holding {
    private Holding() {}

    public static void main(String[] args) throws Exception {
      try (PostgresServer postgres = PostgresServer.start(); RedisServer redis = RedisServer.start()) {
        System.out.println(postgres.pid() + " " + redis.pid());
        Thread.sleep(Duration.ofMinutes(1));
      }
    }
  }
}
