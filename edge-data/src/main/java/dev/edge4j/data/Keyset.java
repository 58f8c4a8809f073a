package dev.edge4j.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a list is paged by, each up or down: {@code Keyset.descending("created_at").then("id")}. Together they must
 * tell any two rows apart, so the last is usually the primary key; and none may be NULL. Both are checked on the rows that are read.
 * For SQLite and PostgreSQL alike; an index on the same columns in the same directions makes every page as cheap as the first.
 * Immutable.
 *
 * @param columns the columns, the weightiest first
 */
public record Keyset(List<Column> columns) {
  private static final int MAX_LIMIT = 1_000;

  /** One column and its direction. */
  public record Column(String name, boolean descending) {
    /** Throws {@link IllegalArgumentException} for what is not a plain name. */
    public Column {
      Names.check("column", name);
    }
  }

  public Keyset {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().map(Column::name).distinct().count() < columns.size()) {
      throw new IllegalArgumentException("keyset: " + columns + " (expected: at least one column, each once)");
    }
  }

  /** Begins with a column, the smallest first. */
  public static Keyset by(String column) {
    return new Keyset(List.of(new Column(column, false)));
  }

  /** Begins with a column, the greatest first. */
  public static Keyset descending(String column) {
    return new Keyset(List.of(new Column(column, true)));
  }

  /** Among rows that are equal so far, the smallest first. */
  public Keyset then(String column) {
    return with(new Column(column, false));
  }

  /** Among rows that are equal so far, the greatest first. */
  public Keyset thenDescending(String column) {
    return with(new Column(column, true));
  }

  private Keyset with(Column column) {
    var more = new ArrayList<>(columns);
    more.add(column);
    return new Keyset(more);
  }

  /** One row more than the page is read, to know whether there is a next one. */
  <T> Page<T> page(DataStore store, Class<T> type, String sql, Map<String, ?> args, String after, int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MAX_LIMIT + ")");
    }
    var all = new HashMap<String, Object>(args);
    all.put("edge_limit", limit + 1);
    Optional<Cursor> from = after.isEmpty() ? Optional.empty()
        : Optional.of(Cursor.parse(after, sign(), columns.size()));
    from.ifPresent(cursor -> {
      for (int i = 0; i < columns.size(); i++) {
        all.put("edge_key" + i, cursor.values().get(i));
      }
    });
    List<RawRow> rows = store.query(RawRow.class, statement(sql, from.isPresent()), all);
    List<List<Object>> keys = rows.stream().map(this::key).toList();
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i).equals(keys.get(i - 1))) {
        throw new MappingException("two rows have the same " + names() + ": " + keys.get(i)
            + " (expected: a keyset that tells them apart, with the primary key last)");
      }
    }
    boolean isLast = rows.size() <= limit;
    if (isLast && from.isPresent()) {
      refuseNulls(store, sql, args);
    }
    List<RawRow> shown = isLast ? rows : rows.subList(0, limit);
    return new Page<>(shown.stream().map(row -> row.as(type)).toList(), isLast ? Optional.empty()
        : Optional.of(new Cursor(sign(), keys.get(limit - 1)).text()));
  }

  /** A NULL compares with nothing, so on the pages behind the first such rows would be missing and nobody would know. */
  private void refuseNulls(DataStore store, String sql, Map<String, ?> args) {
    String condition = columns.stream()
        .map(column -> "page." + column.name() + " IS NULL")
        .collect(Collectors.joining(" OR "));
    store.query(RawRow.class, wrapped(sql) + " WHERE " + condition + " LIMIT 1", args).forEach(this::key);
  }

  private String statement(String sql, boolean goesOn) {
    String order = columns.stream()
        .map(column -> "page." + column.name() + (column.descending() ? " DESC" : " ASC"))
        .collect(Collectors.joining(", "));
    return wrapped(sql) + (goesOn ? " WHERE " + behind() : "") + " ORDER BY " + order + " LIMIT :edge_limit";
  }

  /** On a line of its own, or a comment at the end would swallow the rest. */
  private static String wrapped(String sql) {
    return "SELECT page.* FROM (" + sql + "\n) AS page";
  }

  /**
   * What stands behind the cursor: {@code a < :0 OR (a = :0 AND (b > :1 ...))}, with the bound of the first column once more in front,
   * which an index can use. In one direction it is a comparison of rows.
   */
  private String behind() {
    if (columns.stream().map(Column::descending).distinct().count() == 1) {
      return "(" + names("page.") + ") " + operator(columns.getFirst()) + " (" + keys() + ")";
    }
    String condition = "";
    for (int i = columns.size() - 1; i >= 0; i--) {
      Column column = columns.get(i);
      String name = "page." + column.name();
      String strictly = name + " " + operator(column) + " :edge_key" + i;
      condition = condition.isEmpty() ? strictly
          : "(" + strictly + " OR (" + name + " = :edge_key" + i + " AND " + condition + "))";
    }
    Column first = columns.getFirst();
    return "page." + first.name() + " " + operator(first) + "= :edge_key0 AND " + condition;
  }

  private static String operator(Column column) {
    return column.descending() ? "<" : ">";
  }

  private String keys() {
    var keys = new ArrayList<String>();
    for (int i = 0; i < columns.size(); i++) {
      keys.add(":edge_key" + i);
    }
    return String.join(", ", keys);
  }

  private String names() {
    return names("");
  }

  private String names(String prefix) {
    return columns.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
  }

  /** What tells a cursor of this keyset from one of another. */
  private String sign() {
    return columns.stream()
        .map(column -> (column.descending() ? "-" : "+") + column.name())
        .collect(Collectors.joining());
  }

  private List<Object> key(RawRow row) {
    var key = new ArrayList<Object>();
    for (Column column : columns) {
      int at = row.column(column.name())
          .orElseThrow(() -> new MappingException("the statement has no column " + column.name()
              + " to page by (columns: "
              + row.columns() + ")"));
      @Nullable
      Object value = row.value(at);
      if (value == null) {
        throw new MappingException("column " + column.name()
            + " is NULL in a row (expected: columns that are never NULL to page by, or COALESCE in the statement)");
      }
      key.add(Cursor.value(value, column.name()));
    }
    return key;
  }
}
