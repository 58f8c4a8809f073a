package dev.edge4j.data.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A table to be copied, whole or in part. In the copy it has the same name without the schema.
 *
 * @param schema where it is at the origin
 * @param columns which columns are copied, the key among them; empty for all, those to come included
 * @param filters what a row must meet to be copied, all of them; their columns belong to the key or the table has REPLICA IDENTITY FULL
 */
public record ReplicatedTable(String schema, String name, List<String> columns, List<Filter> filters) {
  /** A column has one of some values: text, whole numbers, booleans or UUIDs. */
  public record Filter(String column, List<Object> values) {
    public Filter {
      Names.checked("column", column);
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("filter on " + column + ": no values (expected: at least one)");
      }
      values.forEach(Filter::literal);
    }

    String sql() {
      return Names.quoted(column) + " IN (" + values.stream().map(Filter::literal).collect(Collectors.joining(", "))
          + ")";
    }

    /** A publication takes no parameters. */
    private static String literal(Object value) {
      return switch (value) {
        case Long number -> number.toString();
        case Integer number -> number.toString();
        case Short number -> number.toString();
        case Boolean flag -> flag.toString();
        case UUID id -> "'" + id + "'";
        case String text when text.chars().noneMatch(c -> c == '\\' || c < ' ') -> "'" + text.replace("'", "''") + "'";
        default -> throw new IllegalArgumentException("filter: " + value + " of " + value.getClass().getSimpleName()
            + " (expected: text without backslashes and control characters, a whole number, a boolean or a UUID)");
      };
    }
  }

  public ReplicatedTable {
    Names.checked("schema", schema);
    Names.checked("table", name);
    columns = List.copyOf(columns);
    columns.forEach(column -> Names.checked("column", column));
    filters = List.copyOf(filters);
    if (name.startsWith("_edge_") || name.startsWith("sqlite_")) {
      throw new IllegalArgumentException("table: \"" + name
          + "\" (expected: a name that does not begin with _edge_ or sqlite_)");
    }
  }

  /** A whole table: {@code products}, or {@code sales.products} where it is not in schema {@code public}. */
  public static ReplicatedTable of(String name) {
    int point = name.indexOf('.');
    return point < 0 ? new ReplicatedTable("public", name, List.of(), List.of())
        : new ReplicatedTable(name.substring(0, point), name.substring(point + 1), List.of(), List.of());
  }

  /** These columns alone. */
  public ReplicatedTable only(String... names) {
    return new ReplicatedTable(schema, name, List.of(names), filters);
  }

  /** Only rows whose column has one of the values; may be called for several columns. */
  public ReplicatedTable where(String column, Object... values) {
    var more = new ArrayList<>(filters);
    more.add(new Filter(column, List.of(values)));
    return new ReplicatedTable(schema, name, columns, more);
  }

  /** As PostgreSQL names it. */
  String qualified() {
    return Names.quoted(schema) + "." + Names.quoted(name);
  }

  /** The condition of its filters; empty without any. */
  String condition() {
    return filters.stream().map(Filter::sql).collect(Collectors.joining(" AND "));
  }

  /** Its part of CREATE PUBLICATION. */
  String published() {
    return qualified() + (columns.isEmpty() ? "" : " (" + Names.list(columns) + ")")
        + (filters.isEmpty() ? "" : " WHERE (" + condition() + ")");
  }

  @Override
  public String toString() {
    return published().replace("\"", "");
  }
}
