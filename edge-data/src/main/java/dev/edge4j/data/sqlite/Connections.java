package dev.edge4j.data.sqlite;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one file with the settings of the house. */
final class Connections {
  private final Path file;
  private final SqliteOptions options;
  private final List<SqlConnection> opened = new ArrayList<>();

  Connections(Path file, SqliteOptions options) {
    if (file.toString().indexOf('?') >= 0) { // the driver would read settings behind it
      throw new IllegalArgumentException(file + " (expected: a path without a question mark)");
    }
    this.file = file;
    this.options = options;
  }

  /** Opens the connection that writes, creating the file if need be, and sees that it is a sound database. */
  SqlConnection writer() throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(switch (options.synchronous()) {
      case FULL -> SynchronousMode.FULL;
      case NORMAL -> SynchronousMode.NORMAL;
    });
    config.enforceForeignKeys(true);
    SqlConnection writer = open(config, true);
    opened.add(writer);
    writer.query("SELECT count(*) FROM sqlite_schema", row -> row.getLong(1));
    if (options.quickCheck()) {
      check(writer);
    }
    return writer;
  }

  List<SqlConnection> readers(int count) throws SQLException {
    var readers = new ArrayList<SqlConnection>(count);
    for (int i = 0; i < count; i++) {
      SqlConnection reader = reader();
      opened.add(reader);
      readers.add(reader);
    }
    return readers;
  }

  /** Opens one more connection that reads; who asks for it closes it. Safe for use by many threads. */
  SqlConnection reader() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return open(config, false);
  }

  /** Closes what was opened, when the opening of the database has failed in the middle. */
  void abandon(Exception reason) {
    for (SqlConnection connection : opened) {
      try {
        connection.close();
      } catch (SQLException e) {
        reason.addSuppressed(e);
      }
    }
  }

  private SqlConnection open(SQLiteConfig config, boolean writer) throws SQLException {
    return new SqlConnection(config.createConnection("jdbc:sqlite:" + file), writer);
  }

  private SQLiteConfig config() {
    var config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.NOMUTEX); // each connection is confined by a lock or a thread of ours
    config.setBusyTimeout(Math.toIntExact(options.busyTimeout().toMillis()));
    config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, Long.toString(options.mmapBytes()));
    return config;
  }

  private void check(SqlConnection connection) throws SQLException {
    List<String> findings = connection.query("PRAGMA quick_check(1)", row -> row.getString(1));
    if (!findings.equals(List.of("ok"))) {
      throw new StoreException(Reason.FAILED, file + " is damaged: " + findings.getFirst().replace('\n', ' '));
    }
  }
}
