package dev.edge4j.data.replica;

import dev.edge4j.data.replica.PgMessage.Old;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the changes of one table into the copy. Confined to the thread that follows the origin. */
final class TableWriter implements AutoCloseable {
  private static final int CACHED = 64;

  /** An UPDATE of some columns. */
  private record Update(PreparedStatement statement, int[] columns) {}

  private final Connection file;
  private final TableShape shape;
  private final int[] key;
  private final ColumnType[] types;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  /** All columns that are not of the key, as most changes set. */
  private final BitSet usual;
  /** By which columns are set: a change leaves out large values that it did not touch. */
  private final Map<BitSet, Update> updates = new LinkedHashMap<>();
  private final Batch batch = new Batch(this::insert);

  TableWriter(Connection file, TableShape shape) throws SQLException {
    this.file = file;
    this.shape = shape;
    this.key = shape.keyIndexes().stream().mapToInt(Integer::intValue).toArray();
    this.types = shape.columns().stream().map(TableShape.Column::type).toArray(ColumnType[]::new);
    this.usual = new BitSet();
    usual.set(0, types.length);
    for (int column : key) {
      usual.clear(column);
    }
    this.insert = file.prepareStatement(insertSql());
    this.delete = file.prepareStatement("DELETE FROM " + Names.quoted(shape.name()) + where());
  }

  TableShape shape() {
    return shape;
  }

  /** A row that may be there already, in which case it is overwritten. */
  void insert(Row row) throws SQLException, RebuildException {
    if (row.hasUnchanged()) {
      // A row whose key has changed so that it now meets the filter comes as an insert, and without its untouched large values.
      throw new RebuildException("a row of " + shape.name()
          + " has come to meet the filter, and the origin did not send all of it");
    }
    batch.open(insert, false);
    for (int i = 0; i < row.size(); i++) {
      bind(insert, i + 1, i, row);
    }
    batch.add(row);
  }

  /** The new row; its old key may differ. */
  void update(Optional<Old> old, Row sent) throws SQLException, RebuildException {
    Row row = old.isPresent() ? filled(sent, old.get()) : sent;
    Row oldRow = old.isPresent() ? old.get().row() : row;
    boolean moved = old.isPresent() && !sameKey(oldRow, row);
    BitSet set = moved || row.hasUnchanged() ? columnsToSet(row, moved) : usual;
    if (set.isEmpty()) {
      return;
    }
    Update update = updateOf(set);
    if (moved) {
      flush(); // a row that makes way must be there, and what comes later must find this one by its new key
    }
    batch.open(update.statement(), true);
    int parameter = 1;
    for (int column : update.columns()) {
      bind(update.statement(), parameter++, column, row);
    }
    bindKey(update.statement(), parameter, oldRow);
    batch.add(row);
    if (moved) {
      flush();
    }
  }

  void delete(Old old) throws SQLException, RebuildException {
    batch.open(delete, false);
    bindKey(delete, 1, old.row());
    batch.add(old.row());
  }

  void truncate() throws SQLException, RebuildException {
    flush();
    Origin.run(file, "DELETE FROM " + Names.quoted(shape.name()));
  }

  /** Executes what waits for more of its kind. */
  void flush() throws SQLException, RebuildException {
    batch.execute();
  }

  /** Forgets what waits. */
  void drop() throws SQLException {
    batch.drop();
  }

  /** The key as text, as a {@link dev.edge4j.data.RowChange} gives it. */
  String keyText(Row row) {
    return Arrays.stream(key).mapToObj(row::text).collect(Collectors.joining("\t"));
  }

  /** Whether the key is a large value that the change did not touch. */
  boolean keyIsNotSent(Row row) {
    return row.hasUnchanged() && Arrays.stream(key).anyMatch(row::isUnchanged);
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    delete.close();
    for (Update update : updates.values()) {
      update.statement().close();
    }
  }

  private boolean isKey(int column) {
    return !usual.get(column);
  }

  private boolean sameKey(Row one, Row other) {
    for (int column : key) {
      if (!one.same(column, other)) {
        return false;
      }
    }
    return true;
  }

  /** Untouched large values taken from the old row, where that was sent whole or where they belong to the key. */
  private Row filled(Row row, Old old) {
    return row.hasUnchanged() ? row.filledFrom(old.row(), column -> old.whole() || isKey(column)) : row;
  }

  private BitSet columnsToSet(Row row, boolean moved) {
    var set = new BitSet();
    for (int i = 0; i < row.size(); i++) {
      if (!row.isUnchanged(i) && (moved || !isKey(i))) {
        set.set(i);
      }
    }
    return set;
  }

  private Update updateOf(BitSet set) throws SQLException, RebuildException {
    Update known = updates.get(set);
    if (known != null) {
      return known;
    }
    if (updates.size() == CACHED) {
      flush(); // it may wait
      updates.remove(updates.keySet().iterator().next()).statement().close();
    }
    String assignments = set.stream()
        .mapToObj(i -> Names.quoted(shape.columns().get(i).name()) + " = ?")
        .collect(Collectors.joining(", "));
    var made = new Update(file.prepareStatement("UPDATE OR REPLACE " + Names.quoted(shape.name()) + " SET "
        + assignments + where()), set.stream().toArray());
    updates.put(set, made);
    return made;
  }

  private String insertSql() {
    List<String> names = shape.columns().stream().map(TableShape.Column::name).toList();
    String assignments = names.stream()
        .filter(name -> !shape.key().contains(name))
        .map(name -> Names.quoted(name) + " = excluded." + Names.quoted(name))
        .collect(Collectors.joining(", "));
    return "INSERT INTO " + Names.quoted(shape.name()) + " (" + Names.list(names) + ") VALUES ("
        + names.stream().map(_ -> "?").collect(Collectors.joining(", ")) + ") ON CONFLICT (" + Names.list(shape.key())
        + ") DO "
        + (assignments.isEmpty() ? "NOTHING" : "UPDATE SET " + assignments);
  }

  private String where() {
    return " WHERE " + shape.key()
        .stream()
        .map(name -> Names.quoted(name) + " = ?")
        .collect(Collectors.joining(" AND "));
  }

  private void bindKey(PreparedStatement statement, int first, Row row) throws SQLException {
    for (int i = 0; i < key.length; i++) {
      bind(statement, first + i, key[i], row);
    }
  }

  private void bind(PreparedStatement statement, int parameter, int column, Row row) throws SQLException {
    if (row.isNull(column) || row.isUnchanged(column)) {
      statement.setNull(parameter, java.sql.Types.NULL);
    } else {
      bind(statement, parameter, types[column].stored(row.value(column)));
    }
  }

  static void bind(PreparedStatement statement, int parameter, Object value) throws SQLException {
    switch (value) {
      case Long number -> statement.setLong(parameter, number);
      case Double number -> statement.setDouble(parameter, number);
      case byte[] bytes -> statement.setBytes(parameter, bytes);
      default -> statement.setString(parameter, (String) value);
    }
  }
}
