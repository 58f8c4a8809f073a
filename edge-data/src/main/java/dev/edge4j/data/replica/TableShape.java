package dev.edge4j.data.replica;

import dev.edge4j.data.replica.PgMessage.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as it is copied.
 *
 * @param columns those that are published, in the origin's order
 * @param key the columns by which the origin names a row when it tells of a change
 * @param whole whether it has REPLICA IDENTITY FULL, and the row before is sent whole
 * @param indexes those of the origin that can be made here too, each as its columns
 */
record TableShape(String schema, String name, List<Column> columns, List<String> key, boolean whole,
    List<List<String>> indexes) {
  /**
   * A column.
   *
   * @param oid its type as pgoutput sends it; a domain's own
   * @param modifier its type's modifier
   * @param baseOid its type behind all domains
   * @param baseModifier the modifier of that
   */
  record Column(String name, int oid, int modifier, int baseOid, int baseModifier) {
    ColumnType type() {
      return ColumnType.of(baseOid, baseModifier);
    }
  }

  TableShape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    indexes = List.copyOf(indexes);
  }

  /** Where a column stands. */
  int index(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException("column " + column + " is none of " + name);
  }

  List<Integer> keyIndexes() {
    return key.stream().map(this::index).toList();
  }

  /** A single whole number is SQLite's own row id, which saves an index. */
  boolean keyIsRowId() {
    return key.size() == 1 && columns.get(index(key.getFirst())).type() instanceof ColumnType.Whole;
  }

  /** CREATE TABLE for the copy; the key of a table whose key is no row id is made afterwards, see {@link #createIndexes}. */
  String createTable() {
    return "CREATE TABLE " + Names.quoted(name) + " (" + columns.stream()
        .map(c -> Names.quoted(c.name()) + " " + c.type().declared()
            + (keyIsRowId() && c.name().equals(key.getFirst()) ? " PRIMARY KEY" : ""))
        .collect(Collectors.joining(", ")) + ")";
  }

  /** What is made when all rows are there, which is faster. None of it is unique but the key: the origin sees to that. */
  List<String> createIndexes() {
    var made = new java.util.ArrayList<String>();
    if (!keyIsRowId()) {
      made.add("CREATE UNIQUE INDEX " + Names.quoted("_edge_key_" + name) + " ON " + Names.quoted(name) + " (" + Names
          .list(key) + ")");
    }
    for (List<String> index : indexes) {
      made.add("CREATE INDEX " + Names.quoted("_edge_" + name + "_" + made.size()) + " ON " + Names.quoted(name) + " ("
          + Names.list(index)
          + ")");
    }
    return made;
  }

  /** What is different in what the origin sends; empty if nothing is. */
  Optional<String> difference(List<Attribute> sent) {
    List<Attribute> known = columns.stream().map(c -> new Attribute(c.name(), c.oid(), c.modifier())).toList();
    if (known.equals(sent)) {
      return Optional.empty();
    }
    List<String> was = known.stream().map(Attribute::name).toList();
    List<String> is = sent.stream().map(Attribute::name).toList();
    return Optional.of("table " + name + (was.equals(is) ? ": the type of a column has changed"
        : " had the columns " + was + " and has " + is));
  }
}
