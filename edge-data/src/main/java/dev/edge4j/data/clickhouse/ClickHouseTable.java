package dev.edge4j.data.clickhouse;

import dev.edge4j.data.JsonEvent;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was found out about a server and the table on it, by asking once.
 *
 * @param knowsAsync whether the server has {@code async_insert}; recent ones have it on unless told
 * @param knowsTokens whether the server has {@code insert_deduplication_token}
 * @param countsOnce whether the table heeds such tokens
 */
record ClickHouseTable(boolean knowsAsync, boolean knowsTokens, boolean countsOnce, Columns columns) {
  private static final String ASYNC = "async_insert";
  private static final String TOKEN = "insert_deduplication_token";
  /** A replicated table has a window unless it was taken away; a plain one has none unless it was given. */
  private static final Pattern WINDOW = Pattern.compile("\\bnon_replicated_deduplication_window = [1-9]");
  private static final Pattern NO_WINDOW = Pattern.compile("\\breplicated_deduplication_window = 0\\b");

  /** Asks the server, and makes the table if that is wanted. */
  static ClickHouseTable probe(ClickHouseHttp http, String database, String table, Optional<TableDefinition> wanted) {
    Set<String> settings = Set.copyOf(names(http, "SELECT name AS found FROM system.settings WHERE name IN ('" + ASYNC
        + "', '"
        + TOKEN
        + "')"));
    boolean tokens = settings.contains(TOKEN);
    wanted.ifPresent(definition -> http.query(definition.create(Names.quoted(database) + "." + Names.quoted(table),
        tokens)));
    boolean once = tokens && names(http, "SELECT engine_full AS found FROM system.tables" + where(database, "name",
        table))
        .stream()
        .anyMatch(ClickHouseTable::heedsTokens);
    return new ClickHouseTable(settings.contains(ASYNC), tokens, once, columns(http, database, table));
  }

  ClickHouseTable withColumns(Columns now) {
    return new ClickHouseTable(knowsAsync, knowsTokens, countsOnce, now);
  }

  static Columns columns(ClickHouseHttp http, String database, String table) {
    var columns = new Columns(names(http, "SELECT name AS found FROM system.columns" + where(database, "table", table)
        + " AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')"));
    if (columns.isEmpty()) { // somebody may make it yet
      throw new StoreException(Reason.FAILED, "ClickHouse at " + http.server() + " has no table " + database + "."
          + table + " that this user may see (expected: one, or createTable)");
    }
    return columns;
  }

  static boolean heedsTokens(String engine) {
    boolean replicated = engine.startsWith("Replicated") || engine.startsWith("Shared");
    return replicated ? !NO_WINDOW.matcher(engine).find() : WINDOW.matcher(engine).find();
  }

  /** The names were checked: they hold nothing that would have to be quoted. */
  private static String where(String database, String column, String table) {
    return " WHERE database = '" + database + "' AND " + column + " = '" + table + "'";
  }

  private static List<String> names(ClickHouseHttp http, String sql) {
    return http.query(sql + " FORMAT JSONEachRow")
        .lines()
        .map(line -> String.valueOf(new JsonEvent("row", line).get("found")))
        .toList();
  }
}
