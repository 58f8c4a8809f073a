package dev.edge4j.data.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** For root PostgreSQL runs as another user, who may not enter the folders above its data: it runs all the same, and they stay as they are. */
@Timeout(60)
class PostgresRunsInPrivateFoldersTest {
  private static final Set<PosixFilePermission> MINE = PosixFilePermissions.fromString("rwx------");

  @Test
  void itsDataIsThereAfterALaterStart(@TempDir Path temporary) throws Exception {
    Path above = Files.createDirectory(temporary.resolve("private"), PosixFilePermissions.asFileAttribute(MINE));
    Path folder = above.resolve("database");
    try (PostgresServer server = PostgresServer.in(folder, Map.of());
        Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept AS SELECT 7 AS id");
    }
    try (PostgresServer again = PostgresServer.in(folder, Map.of());
        Connection connection = connect(again);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM kept")) {
      assertTrue(rows.next());
      assertEquals(7, rows.getInt(1));
    }
    assertEquals(MINE, Files.getPosixFilePermissions(above));
    assertEquals(Files.getOwner(above), Files.getOwner(folder));
  }

  private static Connection connect(PostgresServer server) throws Exception {
    return DriverManager.getConnection(server.url("postgres"));
  }

  @Test
  void theFolderThatKeepsItFromItsProgramIsNamed(@TempDir Path temporary) throws Exception {
    Path file = Files.createFile(Files.createDirectory(temporary.resolve("below")).resolve("postgres"));
    Files.setPosixFilePermissions(temporary, MINE);
    assertEquals(Optional.of(temporary.toRealPath()), PostgresServer.firstClosed(file));
    assertEquals(Optional.empty(), PostgresServer.firstClosed(Path.of("/usr/bin/env")));
  }
}
