package dev.edge4j.data.replica;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one table that wait to be executed: the same statement over and over, which spares most of what the driver does beside
 * SQLite's own work (outside of a batch it tries to begin a transaction with each, and fails). Executed when another statement comes,
 * when it is full, and before the copy commits. Confined to the thread that follows the origin.
 */
final class Batch {
  /** More does not make it quicker... */
  private static final int MOST = 500;
  /** ...and large values should not pile up. */
  private static final long MOST_BYTES = 1 << 20;

  /** Takes a row that a statement was to change and did not find. */
  @FunctionalInterface
  interface Missed {
    void row(Row row) throws SQLException, RebuildException;
  }

  private final Missed missed;
  private List<Row> rows = new ArrayList<>();
  private long bytes;
  private @Nullable PreparedStatement statement;
  private boolean finds;

  Batch(Missed missed) {
    this.missed = missed;
  }

  /**
   * Before a statement's parameters are set: what waits for another is executed.
   *
   * @param mustFind whether a row that it does not change is missed
   */
  void open(PreparedStatement next, boolean mustFind) throws SQLException, RebuildException {
    if (next != statement || rows.size() >= MOST || bytes >= MOST_BYTES) {
      execute();
    }
    statement = next;
    finds = mustFind;
  }

  /** The parameters are set, by this row. */
  void add(Row row) throws SQLException {
    current().addBatch();
    rows.add(row);
    bytes += row.bytes();
  }

  /** Executes all that waits, and what that leads to. */
  void execute() throws SQLException, RebuildException {
    while (!rows.isEmpty()) {
      List<Row> executed = rows;
      rows = new ArrayList<>();
      bytes = 0;
      int[] counts = current().executeBatch();
      for (int i = 0; finds && i < counts.length; i++) {
        if (counts[i] == 0) {
          again(executed, counts, i);
          break;
        }
      }
    }
  }

  /** Forgets all that waits. */
  void drop() throws SQLException {
    if (!rows.isEmpty()) {
      rows.clear();
      bytes = 0;
      current().clearBatch();
    }
  }

  /** In the order in which they came: several may be of one row. */
  private void again(List<Row> executed, int[] counts, int first) throws SQLException, RebuildException {
    for (int i = first; i < counts.length; i++) {
      if (counts[i] == 0) {
        missed.row(executed.get(i));
      }
    }
  }

  private PreparedStatement current() {
    return Objects.requireNonNull(statement, "a statement was opened");
  }
}
