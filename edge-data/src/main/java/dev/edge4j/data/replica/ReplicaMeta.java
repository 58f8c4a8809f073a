package dev.edge4j.data.replica;

import dev.edge4j.data.replica.TableShape.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file knows of itself, in tables of its own beside the copied ones.
 *
 * @param instance tells this replica's connections at the origin from another one's
 * @param slot the slot it follows by; empty if that is a temporary one
 * @param publication what it is a copy of
 * @param snapshotLsn where its rows were copied
 */
record ReplicaMeta(String instance, String slot, String publication, String system, int timeline, long snapshotLsn) {
  private static final String TABLES = """
      CREATE TABLE _edge_meta (one INTEGER PRIMARY KEY CHECK (one = 1), instance TEXT NOT NULL, slot TEXT NOT NULL,
        publication TEXT NOT NULL, system_id TEXT NOT NULL, timeline INTEGER NOT NULL, snapshot_lsn INTEGER NOT NULL,
        applied_lsn INTEGER NOT NULL, fresh_millis INTEGER NOT NULL)
      """;
  private static final String COLUMNS = """
      CREATE TABLE _edge_column (schema_name TEXT NOT NULL, table_name TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL,
        oid INTEGER NOT NULL, modifier INTEGER NOT NULL, base_oid INTEGER NOT NULL, base_modifier INTEGER NOT NULL,
        key_place INTEGER NOT NULL, whole INTEGER NOT NULL, PRIMARY KEY (table_name, place)) WITHOUT ROWID
      """;

  String history() {
    return new Origin.Identity(system, timeline, 0).history();
  }

  /** Writes it into a new file. */
  void write(Connection file, List<TableShape> tables, long freshMillis) throws SQLException {
    Origin.run(file, TABLES);
    Origin.run(file, COLUMNS);
    update(file, "INSERT INTO _edge_meta VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)", instance, slot, publication, system,
        timeline, snapshotLsn,
        snapshotLsn, freshMillis);
    for (TableShape table : tables) {
      for (int i = 0; i < table.columns().size(); i++) {
        Column column = table.columns().get(i);
        update(file, "INSERT INTO _edge_column VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", table.schema(), table.name(), i,
            column.name(), column
                .oid(), column.modifier(), column.baseOid(), column.baseModifier(), table.key().indexOf(column.name()),
            table.whole() ? 1 : 0);
      }
    }
  }

  static ReplicaMeta read(Connection file) throws SQLException {
    return Origin.one(file, "SELECT instance, slot, publication, system_id, timeline, snapshot_lsn FROM _edge_meta",
        row -> new ReplicaMeta(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getInt(5),
            row.getLong(6)))
        .orElseThrow(() -> new SQLException("the copy does not say what it is a copy of"));
  }

  /** The shapes of the tables in a file, without their indexes. */
  static List<TableShape> tables(Connection file) throws SQLException {
    record Part(String schema, String table, Column column, int key, boolean whole) {}
    List<Part> parts = Origin.all(file,
        "SELECT schema_name, table_name, name, oid, modifier, base_oid, base_modifier, key_place, whole"
            + " FROM _edge_column ORDER BY table_name, place", row -> new Part(row.getString(1), row.getString(2),
                new Column(row.getString(3), row
                    .getInt(4), row.getInt(5), row.getInt(6), row.getInt(7)), row.getInt(8), row.getBoolean(9)));
    Map<String, List<Part>> byTable = new LinkedHashMap<>();
    parts.forEach(part -> byTable.computeIfAbsent(part.table(), _ -> new ArrayList<>()).add(part));
    var shapes = new ArrayList<TableShape>();
    for (List<Part> columns : byTable.values()) {
      var key = new TreeMap<Integer, String>();
      columns.stream().filter(part -> part.key() >= 0).forEach(part -> key.put(part.key(), part.column().name()));
      Part first = columns.getFirst();
      shapes.add(new TableShape(first.schema(), first.table(), columns.stream().map(Part::column).toList(), List.copyOf(
          key.values()),
          first.whole(), List.of()));
    }
    return shapes;
  }

  private static void update(Connection file, String sql, Object... values) throws SQLException {
    try (var statement = file.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
