package dev.edge4j.data.replica;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;
import org.sqlite.SQLiteConfig;

/** Copies tables, as of one moment at the origin, into a new file. */
final class Snapshot {
  private static final int BATCH = 500;
  private static final int LOOK = 10_000;
  private static final Duration TELL_EVERY = Duration.ofSeconds(2);

  private final Connection origin;
  private final List<ReplicatedTable> tables;
  private final Consumer<CopyProgress> progress;
  private final BooleanSupplier goOn;

  /**
   * A copy to be made.
   *
   * @param origin a connection in a transaction of the moment to be copied
   */
  Snapshot(Connection origin, List<ReplicatedTable> tables, Consumer<CopyProgress> progress, BooleanSupplier goOn) {
    this.origin = origin;
    this.tables = tables;
    this.progress = progress;
    this.goOn = goOn;
  }

  /** Makes a complete file that says where it stands. It is on disk once {@link Generations#complete} has named it. */
  void into(Path building, List<TableShape> shapes, ReplicaMeta meta, long freshMillis) throws SQLException,
      IOException {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.OFF); // a half built file is deleted, never repaired
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-65536");
    try (Connection file = config.createConnection("jdbc:sqlite:" + building)) {
      Origin.run(file, "BEGIN");
      for (int i = 0; i < shapes.size(); i++) {
        copy(file, tables.get(i), shapes.get(i));
      }
      meta.write(file, shapes, freshMillis);
      Origin.run(file, "COMMIT");
      Origin.run(file, "PRAGMA optimize");
    }
  }

  private void copy(Connection file, ReplicatedTable table, TableShape shape) throws SQLException, IOException {
    Origin.run(file, shape.createTable());
    List<String> names = shape.columns().stream().map(TableShape.Column::name).toList();
    List<ColumnType> types = shape.columns().stream().map(TableShape.Column::type).toList();
    String condition = table.condition();
    CopyOut rows = Origin.driver(origin)
        .getCopyAPI()
        .copyOut("COPY (SELECT " + Names.list(names) + " FROM " + table.qualified()
            + (condition.isEmpty() ? "" : " WHERE " + condition) + ") TO STDOUT");
    long begin = System.nanoTime();
    long count;
    try (PreparedStatement insert = file.prepareStatement("INSERT INTO " + Names.quoted(shape.name()) + " VALUES ("
        + names.stream()
            .map(_ -> "?")
            .collect(Collectors.joining(", ")) + ")")) {
      count = copyRows(shape.name(), rows, types, insert, begin);
    }
    for (String index : shape.createIndexes()) {
      Origin.run(file, index);
    }
    progress.accept(new CopyProgress(shape.name(), count, true, Duration.ofNanos(System.nanoTime() - begin)));
  }

  private long copyRows(String table, CopyOut rows, List<ColumnType> types, PreparedStatement insert, long begin)
      throws SQLException {
    long count = 0;
    long told = begin;
    for (byte[] line = rows.readFromCopy(); line != null; line = rows.readFromCopy()) {
      bind(insert, types, CopyText.values(line));
      insert.addBatch();
      count++;
      if (count % BATCH == 0) {
        insert.executeBatch();
      }
      if (count % LOOK == 0) {
        if (!goOn.getAsBoolean()) {
          throw new CancellationException("the replica is closed");
        }
        long now = System.nanoTime();
        if (now - told > TELL_EVERY.toNanos()) {
          told = now;
          progress.accept(new CopyProgress(table, count, false, Duration.ofNanos(now - begin)));
        }
      }
    }
    insert.executeBatch();
    return count;
  }

  private static void bind(PreparedStatement insert, List<ColumnType> types, List<@Nullable String> values)
      throws SQLException {
    for (int i = 0; i < types.size(); i++) {
      String value = values.get(i);
      if (value == null) {
        insert.setNull(i + 1, java.sql.Types.NULL);
      } else {
        TableWriter.bind(insert, i + 1, types.get(i).stored(value));
      }
    }
  }
}
