package dev.edge4j.data.replica;

import dev.edge4j.data.replica.PgMessage.Old;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the changes of one table into the copy. Confined to the thread that follows the origin. */
final class TableWriter implements AutoCloseable {
  private static final int CACHED = 64;

  private final Connection file;
  private final TableShape shape;
  private final List<Integer> key;
  private final List<ColumnType> types;
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  /** By which columns are set: a change leaves out large values that it did not touch. */
  private final Map<BitSet, PreparedStatement> updates = new LinkedHashMap<>();

  TableWriter(Connection file, TableShape shape) throws SQLException {
    this.file = file;
    this.shape = shape;
    this.key = shape.keyIndexes();
    this.types = shape.columns().stream().map(TableShape.Column::type).toList();
    this.insert = file.prepareStatement(insertSql());
    this.delete = file.prepareStatement("DELETE FROM " + Names.quoted(shape.name()) + where());
  }

  TableShape shape() {
    return shape;
  }

  /** A row that may be there already, in which case it is overwritten. */
  void insert(List<Cell> row) throws SQLException, RebuildException {
    if (row.contains(Cell.Unchanged.UNCHANGED)) {
      // A row whose key has changed so that it now meets the filter comes as an insert, and without its untouched large values.
      throw new RebuildException("a row of " + shape.name()
          + " has come to meet the filter, and the origin did not send all of it");
    }
    for (int i = 0; i < row.size(); i++) {
      bind(insert, i + 1, i, row.get(i));
    }
    insert.executeUpdate();
  }

  /** The new row; its old key may differ. */
  void update(Optional<Old> old, List<Cell> sent) throws SQLException, RebuildException {
    List<Cell> row = old.map(o -> filled(sent, o)).orElse(sent);
    List<Cell> newKey = keyOf(row);
    List<Cell> oldKey = old.map(o -> keyOf(o.row())).orElse(newKey);
    boolean moved = !oldKey.equals(newKey);
    var set = new BitSet();
    for (int i = 0; i < row.size(); i++) {
      if (!(row.get(i) instanceof Cell.Unchanged) && (moved || !key.contains(i))) {
        set.set(i);
      }
    }
    if (set.isEmpty()) {
      return;
    }
    if (update(set, row, oldKey) == 0) {
      if (row.contains(Cell.Unchanged.UNCHANGED)) {
        throw new RebuildException("table " + shape.name() + " lacks a row that the origin has changed");
      }
      insert(row);
    }
  }

  void delete(Old old) throws SQLException {
    bindKey(delete, 1, keyOf(old.row()));
    delete.executeUpdate();
  }

  void truncate() throws SQLException {
    Origin.run(file, "DELETE FROM " + Names.quoted(shape.name()));
  }

  /** The key's values. */
  List<Cell> keyOf(List<Cell> row) {
    return key.stream().map(row::get).toList();
  }

  /** The key as text, as a {@link dev.edge4j.data.RowChange} gives it. */
  String keyText(List<Cell> row) {
    return keyOf(row).stream()
        .map(cell -> cell instanceof Cell.Text(String text) ? text : "")
        .collect(Collectors.joining("\t"));
  }

  @Override
  public void close() throws SQLException {
    insert.close();
    delete.close();
    for (PreparedStatement update : updates.values()) {
      update.close();
    }
  }

  /** Untouched large values taken from the old row, where that was sent whole or where they belong to the key. */
  private List<Cell> filled(List<Cell> row, Old old) {
    if (!row.contains(Cell.Unchanged.UNCHANGED)) {
      return row;
    }
    var filled = new ArrayList<Cell>(row);
    for (int i = 0; i < row.size(); i++) {
      if (row.get(i) instanceof Cell.Unchanged && (old.whole() || key.contains(i))) {
        filled.set(i, old.row().get(i));
      }
    }
    return filled;
  }

  private int update(BitSet set, List<Cell> row, List<Cell> oldKey) throws SQLException {
    PreparedStatement statement = updateOf(set);
    int parameter = 1;
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
      bind(statement, parameter++, i, row.get(i));
    }
    bindKey(statement, parameter, oldKey);
    return statement.executeUpdate();
  }

  private PreparedStatement updateOf(BitSet set) throws SQLException {
    PreparedStatement known = updates.get(set);
    if (known != null) {
      return known;
    }
    if (updates.size() == CACHED) {
      updates.remove(updates.keySet().iterator().next()).close();
    }
    String assignments = set.stream()
        .mapToObj(i -> Names.quoted(shape.columns().get(i).name()) + " = ?")
        .collect(Collectors.joining(", "));
    PreparedStatement made = file.prepareStatement("UPDATE OR REPLACE " + Names.quoted(shape.name()) + " SET "
        + assignments + where());
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

  private void bindKey(PreparedStatement statement, int first, List<Cell> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      bind(statement, first + i, key.get(i), values.get(i));
    }
  }

  private void bind(PreparedStatement statement, int parameter, int column, Cell cell) throws SQLException {
    if (cell instanceof Cell.Text(String text)) {
      bind(statement, parameter, types.get(column).stored(text));
    } else {
      statement.setNull(parameter, java.sql.Types.NULL);
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
