package dev.edge4j.data;

/**
 * A row that has changed, as a {@link ChangeFeed} tells it: where to look, not what is there now.
 *
 * @param table its table, as the store names it
 * @param kind what happened; {@link Kind#ALL} is about the whole table
 * @param key its primary key as text, the parts of a composite one with a tab between; empty for {@link Kind#ALL}, and for a change
 *     whose row the store cannot name
 */
public record RowChange(String table, Kind kind, String key) {
  /** What happened to a row. */
  public enum Kind {
    INSERTED,
    UPDATED,
    DELETED,
    /** Any row of the table may have changed: it was emptied or built anew, or changes were missed. */
    ALL
  }

  /** Any row of a table may have changed. */
  public static RowChange all(String table) {
    return new RowChange(table, Kind.ALL, "");
  }
}
