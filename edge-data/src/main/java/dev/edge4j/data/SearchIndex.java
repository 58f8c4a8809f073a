package dev.edge4j.data;

import java.util.List;

/**
 * The texts of a table that are searched.
 *
 * @param table whose rows are found
 * @param key its primary key, a single column
 * @param columns the columns of text that are looked through, the weightiest first
 */
public record SearchIndex(String table, String key, List<String> columns) {
  /** Throws {@link IllegalArgumentException} for what is not a plain name, so that none of it needs quoting. */
  public SearchIndex {
    columns = List.copyOf(columns);
    Names.check("table", table);
    Names.check("key", key);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: [] (expected: at least one)");
    }
    columns.forEach(column -> Names.check("column", column));
  }
}
