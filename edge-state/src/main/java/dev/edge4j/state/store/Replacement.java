package dev.edge4j.state.store;

import dev.edge4j.data.Migrations;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqlConnection;
import dev.edge4j.data.sqlite.SqlWork;
import dev.edge4j.data.sqlite.SqliteFile;
import dev.edge4j.data.sqlite.SqliteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user's tables of a snapshot, on their way into an object's file: made whole in a file of their own first, so that taking the place of what was
 * there is one commit.
 */
final class Replacement implements AutoCloseable {
  /** What the object owes others, and who is connected to it, stays. */
  private static final List<String> KEPT = List.of("edge4j_object", "edge4j_message", "edge4j_dead_letter",
      "edge4j_reply");

  private static final SqliteOptions CHECKED = SqliteOptions.defaults();

  private final Path path;

  private Replacement(Path path) {
    this.path = path;
  }

  /** The tables of a snapshot, brought up; {@link IllegalArgumentException} if they are not sound, too new, or hold what is not the user's. */
  static Replacement of(byte[] snapshot, Path path, Optional<Migrations> tables) {
    var replacement = new Replacement(path);
    try {
      Folders.make(path.getParent());
      Files.write(path, snapshot);
      try (SqliteFile file = SqliteFile.open(path, CHECKED)) {
        List<String> foreign = file.read(c -> c.query("""
            SELECT name FROM sqlite_schema WHERE name LIKE 'edge4j\\_%' ESCAPE '\\' AND name <> 'edge4j_migrations'""",
            row -> row.getString(1)));
        if (!foreign.isEmpty()) {
          throw new IllegalArgumentException("snapshot: its database holds " + foreign
              + " (expected: a user's tables)");
        }
        file.begin();
        tables.ifPresent(file::migrate);
        file.commit();
      }
      return replacement;
    } catch (IOException e) {
      replacement.close();
      throw new UncheckedIOException("snapshot cannot be written: " + e.getMessage(), e);
    } catch (StoreException e) {
      replacement.close();
      throw new IllegalArgumentException("snapshot: " + e.getMessage() + " (expected: tables that this program knows)",
          e);
    } catch (RuntimeException e) {
      replacement.close();
      throw e;
    }
  }

  /** The user's tables alone of a file, as bytes. */
  static byte[] snapshot(SqliteFile of, Path path) {
    Path all = path.resolveSibling(path.getFileName() + ".all");
    Path user = path.resolveSibling(path.getFileName() + ".user");
    try {
      Files.deleteIfExists(all);
      Files.deleteIfExists(user);
      of.copyTo(all);
      try (SqliteFile file = SqliteFile.open(all, CHECKED)) {
        file.begin();
        file.write(Replacement::dropOwn);
        file.commit();
        file.copyTo(user);
      }
      return Files.readAllBytes(user);
    } catch (IOException e) {
      throw new UncheckedIOException("snapshot of " + path + " failed: " + e.getMessage(), e);
    } finally {
      OwnFile.delete(all);
      OwnFile.delete(user);
    }
  }

  private static boolean dropOwn(SqlConnection c) throws SQLException {
    for (String table : c.query("""
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name LIKE 'edge4j\\_%' ESCAPE '\\' AND name <> 'edge4j_migrations'""",
        row -> row.getString(1))) {
      c.execute("DROP TABLE " + table);
    }
    return true;
  }

  /** Puts beside the user's tables what a commit says, and what is kept of the file it is going to replace. */
  void fill(SqliteFile old, SqlWork<?> make, Commit commit) {
    try (SqliteFile file = SqliteFile.open(path, CHECKED)) {
      file.begin();
      file.write(c -> {
        make.run(c);
        for (String table : KEPT) {
          copy(old, c, table, "SELECT * FROM " + table);
        }
        copy(old, c, "edge4j_entry", "SELECT * FROM edge4j_entry WHERE kind <> 0");
        Tables.OWN.write(c, commit);
        return true;
      });
      file.commit();
    }
  }

  private static void copy(SqliteFile from, SqlConnection to, String table, String query) throws SQLException {
    List<Object[]> rows = from.read(c -> c.query(query, row -> {
      var values = new ArrayList<Optional<Object>>();
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        values.add(Optional.ofNullable(row.getObject(column)));
      }
      return values.toArray();
    }));
    for (Object[] row : rows) {
      to.update("INSERT INTO " + table + " VALUES (?" + ", ?".repeat(row.length - 1) + ")", row);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    for (String suffix : List.of("", "-wal", "-shm")) {
      OwnFile.delete(path.resolveSibling(path.getFileName() + suffix));
    }
  }
}
