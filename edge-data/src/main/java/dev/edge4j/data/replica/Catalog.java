package dev.edge4j.data.replica;

import dev.edge4j.data.replica.TableShape.Column;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the origin's catalog says of tables. */
final class Catalog {
  /** A table, as found; see pg_class. */
  record Found(long oid, String kind, String persistence, String identity, boolean rowSecurity, boolean selectable) {}

  /** A column, as found; see pg_attribute. */
  record Attribute(Column column, boolean generated, boolean selectable) {}

  /** An index, as found. */
  record Index(boolean primary, boolean identity, boolean immediate, boolean plain, List<String> columns) {}

  private static final String TABLE = "SELECT c.oid, c.relkind, c.relpersistence, c.relreplident, row_security_active(c.oid),"
      + " has_any_column_privilege(c.oid, 'SELECT') FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
      + " WHERE n.nspname = ? AND c.relname = ?";

  private static final String COLUMNS = """
      SELECT a.attname, a.atttypid, a.atttypmod, base.oid, base.typmod, a.attgenerated <> '',
             has_column_privilege(a.attrelid, a.attnum, 'SELECT')
      FROM pg_attribute a CROSS JOIN LATERAL (
        WITH RECURSIVE domains(oid, typmod) AS (
          SELECT a.atttypid, a.atttypmod
          UNION ALL
          SELECT t.typbasetype, t.typtypmod FROM domains d JOIN pg_type t ON t.oid = d.oid WHERE t.typtype = 'd')
        SELECT d.oid, d.typmod FROM domains d JOIN pg_type t ON t.oid = d.oid WHERE t.typtype <> 'd') AS base
      WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attnum""";

  private static final String INDEXES = """
      SELECT i.indisprimary, i.indisreplident, i.indimmediate,
             i.indpred IS NULL AND i.indexprs IS NULL AND am.amname = 'btree',
             ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)
                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                   WHERE k.place <= i.indnkeyatts ORDER BY k.place)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
      WHERE i.indrelid = ? AND i.indisvalid ORDER BY i.indexrelid""";

  private static final String PUBLISHED = "SELECT unnest(attnames)::text FROM pg_publication_tables"
      + " WHERE pubname = ? AND schemaname = ? AND tablename = ?";

  private Catalog() {}

  static Optional<Found> table(Connection connection, ReplicatedTable table) throws SQLException {
    return Origin.one(connection, TABLE, row -> new Found(row.getLong(1), row.getString(2), row.getString(3), row
        .getString(4), row.getBoolean(5),
        row.getBoolean(6)), table.schema(), table.name());
  }

  static List<Attribute> columns(Connection connection, Found table) throws SQLException {
    return Origin.all(connection, COLUMNS, row -> new Attribute(new Column(row.getString(1), oid(row, 2), row.getInt(3),
        oid(row, 4), row
            .getInt(5)), row.getBoolean(6), row.getBoolean(7)), table.oid());
  }

  static List<Index> indexes(Connection connection, Found table) throws SQLException {
    return Origin.all(connection, INDEXES, row -> new Index(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3), row
        .getBoolean(4),
        strings(row.getArray(5))), table.oid());
  }

  /** The columns by which the origin names a row; empty if it cannot. */
  static List<String> key(Found table, List<Index> indexes) {
    return indexes.stream()
        .filter(Index::immediate) // what may be broken until the commit names no row; PostgreSQL takes no such index either
        .filter(i -> table.identity().equals("i") ? i.identity() : !table.identity().equals("n") && i.primary())
        .findFirst()
        .map(Index::columns)
        .orElse(List.of());
  }

  /** The shapes of all tables as a publication has them now; throws if one of them is no longer in it. */
  static List<TableShape> shapes(Connection connection, String publication, List<ReplicatedTable> tables)
      throws SQLException,
      RefusedException {
    var shapes = new ArrayList<TableShape>();
    for (ReplicatedTable table : tables) {
      List<String> published = Origin.all(connection, PUBLISHED, row -> row.getString(1), publication, table.schema(),
          table.name());
      Optional<Found> found = table(connection, table);
      if (published.isEmpty() || found.isEmpty()) {
        throw new RefusedException("table " + table.schema() + "." + table.name() + " is not in publication "
            + publication
            + " (expected: it is; drop the publication, so that it is made anew)");
      }
      shapes.add(shape(connection, table, found.get(), published));
    }
    return List.copyOf(shapes);
  }

  private static TableShape shape(Connection connection, ReplicatedTable table, Found found, List<String> published)
      throws SQLException {
    List<Column> columns = columns(connection, found).stream()
        .filter(a -> !a.generated() && published.contains(a.column().name()))
        .map(Attribute::column)
        .toList();
    List<String> names = columns.stream().map(Column::name).toList();
    List<Index> indexes = indexes(connection, found);
    List<String> key = key(found, indexes);
    List<List<String>> others = indexes.stream()
        .filter(Index::plain)
        .map(Index::columns)
        .filter(index -> !index.equals(key) && !index.isEmpty() && names.containsAll(index))
        .distinct()
        .toList();
    return new TableShape(table.schema(), table.name(), columns, key, found.identity().equals("f"), others);
  }

  /** pgoutput sends it as 32 bits, and so it is compared. */
  private static int oid(ResultSet row, int column) throws SQLException {
    return (int) row.getLong(column);
  }

  private static List<String> strings(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
