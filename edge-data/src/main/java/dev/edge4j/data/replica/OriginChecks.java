package dev.edge4j.data.replica;

import dev.edge4j.data.replica.Catalog.Attribute;
import dev.edge4j.data.replica.Catalog.Found;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Whether the origin can be followed, asked before anything is made there. A publication of a table without an identity would make the
 * application's own UPDATE and DELETE fail, and so would a filter on a column outside of it.
 */
final class OriginChecks {
  private OriginChecks() {}

  static void check(Connection connection, List<ReplicatedTable> tables) throws SQLException, RefusedException {
    server(connection);
    for (ReplicatedTable table : tables) {
      table(connection, table);
    }
  }

  private static void server(Connection connection) throws SQLException, RefusedException {
    int version = connection.getMetaData().getDatabaseMajorVersion();
    if (version < 15) {
      throw new RefusedException("the origin is PostgreSQL " + version
          + " (expected: 15 or newer, for column lists and row filters)");
    }
    String level = setting(connection, "wal_level");
    if (!level.equals("logical")) {
      throw new RefusedException("wal_level of the origin is " + level
          + " (expected: logical; set it in postgresql.conf and restart the"
          + " origin)");
    }
    boolean may = Origin.one(connection, "SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user",
        row -> row.getBoolean(1)).orElse(false);
    if (!may) {
      String role = Origin.one(connection, "SELECT current_user::text", row -> row.getString(1)).orElse("");
      throw new RefusedException("role " + role + " may not replicate (expected: ALTER ROLE " + Names.quoted(role)
          + " REPLICATION)");
    }
  }

  static String setting(Connection connection, String name) throws SQLException {
    return Origin.one(connection, "SELECT current_setting(?)", row -> row.getString(1), name).orElse("");
  }

  private static void table(Connection connection, ReplicatedTable table) throws SQLException, RefusedException {
    String label = "table " + table.schema() + "." + table.name();
    Optional<Found> there = Catalog.table(connection, table);
    if (there.isEmpty()) {
      throw new RefusedException(label + " is not there");
    }
    Found found = there.get();
    if (!found.kind().equals("r") || !found.persistence().equals("p")) {
      throw new RefusedException(label + " is " + kind(found)
          + " (expected: an ordinary table, whose changes are in the log)");
    }
    if (found.rowSecurity()) {
      throw new RefusedException(label
          + " has row security, which would hide rows from the copy and not from the stream (expected: a role"
          + " with BYPASSRLS; use where(...) for a part of the rows)");
    }
    List<Attribute> columns = Catalog.columns(connection, found);
    columns(label, table, columns, found);
    identity(label, table, found, Catalog.key(found, Catalog.indexes(connection, found)));
  }

  private static String kind(Found found) {
    return switch (found.kind()) {
      case "p" -> "partitioned";
      case "v" -> "a view";
      case "m" -> "a materialised view";
      case "f" -> "a foreign table";
      default -> found.persistence().equals("u") ? "unlogged" : "no ordinary table";
    };
  }

  private static void columns(String label, ReplicatedTable table, List<Attribute> columns, Found found)
      throws RefusedException {
    List<String> names = columns.stream().map(a -> a.column().name()).toList();
    for (String column : table.columns()) {
      if (!names.contains(column)) {
        throw new RefusedException(label + " has no column " + column + " (expected: one of " + names + ")");
      }
    }
    for (Attribute attribute : columns) {
      String column = attribute.column().name();
      boolean wanted = table.columns().isEmpty() || table.columns().contains(column);
      if (wanted && attribute.generated() && !table.columns().isEmpty()) {
        throw new RefusedException(label + ": column " + column
            + " is generated and not in the log (expected: compute it when reading)");
      }
      if (wanted && !attribute.generated() && !(found.selectable() && attribute.selectable())) {
        throw new RefusedException(label + ": column " + column + " may not be read (expected: GRANT SELECT ON " + table
            .qualified()
            + " to the replica's role)");
      }
    }
  }

  private static void identity(String label, ReplicatedTable table, Found found, List<String> key)
      throws RefusedException {
    boolean whole = found.identity().equals("f");
    if (key.isEmpty()) {
      throw new RefusedException(label
          + " has no key by which a row is named: once it is published, every UPDATE and DELETE of it would fail"
          + " or have to look through the whole copy (expected: a primary key that is not deferrable, or ALTER TABLE "
          + table.qualified()
          + " REPLICA IDENTITY USING INDEX ...)");
    }
    if (!table.columns().isEmpty() && whole) {
      throw new RefusedException(label
          + " has REPLICA IDENTITY FULL, which needs all columns (expected: no only(...), or REPLICA IDENTITY"
          + " DEFAULT)");
    }
    if (!table.columns().isEmpty() && !table.columns().containsAll(key)) {
      throw new RefusedException(label + ": only(" + String.join(", ", table.columns())
          + ") leaves out a part of the key (expected: with "
          + key + ")");
    }
    for (ReplicatedTable.Filter filter : table.filters()) {
      if (!whole && !key.contains(filter.column())) {
        throw new RefusedException(label + ": where(" + filter.column() + ", ...) is on a column outside of the key "
            + key
            + ": every UPDATE and DELETE of the table would fail (expected: a column of the key, or ALTER TABLE "
            + table.qualified()
            + " REPLICA IDENTITY FULL, which costs whole old rows in the log)");
      }
    }
  }
}
