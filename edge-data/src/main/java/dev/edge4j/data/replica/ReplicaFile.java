package dev.edge4j.data.replica;

import dev.edge4j.data.sqlite.SqliteOptions;
import dev.edge4j.data.sqlite.SqliteReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * One copy: its readers, which any thread may use, and the connection that writes it, which belongs to the thread that follows the
 * origin. A commit survives the death of the process; it survives a power cut from the next {@link #makeDurable} on.
 */
final class ReplicaFile {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaFile.class);
  /** A log longer than this is folded into the file when nothing else is to be done. */
  private static final long LONG_LOG = 4L << 20;

  private final Path path;
  private final Connection writer;
  private final SqliteReaders readers;
  private final ReplicaMeta meta;
  private final Map<String, TableShape> tables;
  private final ReplicaArguments arguments;
  private final PreparedStatement stamp;
  private long applied;
  private final long openedFreshMillis;
  private boolean folderSynced;
  private boolean began;

  private ReplicaFile(Path path, Connection writer, SqliteReaders readers) throws SQLException {
    this.path = path;
    this.writer = writer;
    this.readers = readers;
    this.meta = ReplicaMeta.read(writer);
    this.tables = ReplicaMeta.tables(writer)
        .stream()
        .collect(Collectors.toUnmodifiableMap(TableShape::name, Function.identity()));
    this.arguments = new ReplicaArguments(tables.values());
    this.applied = Origin.one(writer, "SELECT applied_lsn FROM _edge_meta", row -> row.getLong(1)).orElseThrow();
    this.openedFreshMillis = Origin.one(writer, "SELECT fresh_millis FROM _edge_meta", row -> row.getLong(1))
        .orElseThrow();
    this.stamp = writer.prepareStatement("UPDATE _edge_meta SET applied_lsn = ?, fresh_millis = ?");
  }

  /** Opens a complete file. */
  static ReplicaFile open(Path path, SqliteOptions options) throws SQLException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-65536");
    Connection writer = config.createConnection("jdbc:sqlite:" + path);
    try {
      Origin.all(writer, "SELECT count(*) FROM sqlite_schema", row -> row.getLong(1));
      return new ReplicaFile(path, writer, SqliteReaders.open(path, options));
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  ReplicaMeta meta() {
    return meta;
  }

  SqliteReaders readers() {
    return readers;
  }

  /** Its tables by name. */
  Map<String, TableShape> tables() {
    return tables;
  }

  /** How arguments of its readers' statements are bound. */
  ReplicaArguments arguments() {
    return arguments;
  }

  Connection writer() {
    return writer;
  }

  /** The position that is stored in it. For the writing thread. */
  long applied() {
    return applied;
  }

  /** As of when it was, by the wall clock of this machine, when it was opened; zero if that is not known. */
  long openedFreshMillis() {
    return openedFreshMillis;
  }

  /** Begins a transaction if none has begun. */
  void begin() throws SQLException {
    if (!began) {
      Origin.run(writer, "BEGIN IMMEDIATE");
      began = true;
    }
  }

  boolean hasBegun() {
    return began;
  }

  /** Commits the rows together with the position that they bring the copy to: both are there after a crash, or neither is. */
  void commit(long lsn, long freshMillis) throws SQLException {
    begin();
    stamp.setLong(1, lsn);
    stamp.setLong(2, freshMillis);
    stamp.executeUpdate();
    Origin.run(writer, "COMMIT");
    began = false;
    applied = lsn;
  }

  void rollback() throws SQLException {
    if (began) {
      began = false;
      Origin.run(writer, "ROLLBACK");
    }
  }

  /** Brings all commits to disk: they are in the log, or in the file, to which SQLite itself brought them before it cut the log. */
  void makeDurable() throws IOException {
    Path log = log();
    if (Files.exists(log)) {
      Generations.sync(log);
      if (!folderSynced) {
        Generations.syncFolder(log);
        folderSynced = true;
      }
    }
  }

  /** Folds a long log into the file. Readers that hold an old state keep it as long as it is: then the next time. */
  void shorten() throws SQLException, IOException {
    Path log = log();
    if (Files.exists(log) && Files.size(log) > LONG_LOG) {
      Origin.all(writer, "PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getLong(1));
    }
  }

  /** Ends writing; readers stay. For the writing thread. */
  void closeWriter() {
    try {
      rollback();
      stamp.close();
      writer.close();
    } catch (SQLException e) {
      LOG.warn("{} did not close well: {}", path, e.getMessage());
    }
  }

  private Path log() {
    return path.resolveSibling(path.getFileName() + "-wal");
  }
}
