package dev.edge4j.data.sqlite;

import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds rows by an FTS5 index, which {@link SearchTables} describes. */
final class SqliteSearch {
  private static final Pattern WORD = Pattern.compile(
      "[\\p{L}\\p{N}\\p{M}\\p{Co}]*[\\p{L}\\p{N}\\p{Co}][\\p{L}\\p{N}\\p{M}\\p{Co}]*");

  private final SqliteDatabase database;
  /** The index of each table that has one, and how its rows are found. */
  private final ConcurrentHashMap<SearchIndex, String> prepared = new ConcurrentHashMap<>();

  SqliteSearch(SqliteDatabase database) {
    this.database = database;
  }

  void prepare(SearchIndex index) {
    SearchTables tables = database.write(connection -> {
      var wanted = new SearchTables(index, hasNumbers(connection, index));
      List<String> there = connection.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", row -> row.getString(
          1));
      if (!Set.copyOf(there).containsAll(wanted.definitions())) {
        for (String statement : wanted.build()) {
          connection.update(statement);
        }
      }
      return wanted;
    });
    prepared.keySet().removeIf(other -> other.table().equals(index.table()));
    prepared.put(index, tables.select(weights(index.columns().size())));
  }

  /** The statement that finds rows by {@code :words}, {@code :limit} and {@code :offset}. */
  String statement(SearchIndex index) {
    String statement = prepared.get(index);
    if (statement == null) {
      throw new StoreException(Reason.STATEMENT, database.file() + ": " + index
          + " is not prepared (expected: prepare(index) before the first search, and one index for a table)");
    }
    return statement;
  }

  /**
   * The words in the language of FTS5: each in quotes, which makes text of whatever it is, and the last as the beginning of one. Empty
   * if there are none.
   */
  static String match(String words) {
    String all = WORD.matcher(words).results().map(word -> '"' + word.group() + '"').collect(Collectors.joining(" "));
    return all.isEmpty() ? all : all + '*';
  }

  /** Each column counts twice as much as the next. */
  private static String weights(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> String.valueOf(1L << Math.min(30, columns - 1 - i)))
        .collect(Collectors.joining(", "));
  }

  /** True if the rows' own numbers are their keys. Throws if the table cannot be searched so. */
  private boolean hasNumbers(SqlConnection connection, SearchIndex index) throws SQLException {
    List<Schema.Column> columns = Schema.columns(connection, index.table());
    List<String> names = columns.stream().map(Schema.Column::name).toList();
    List<String> key = Schema.keyOf(connection, index.table());
    if (!key.equals(List.of(index.key())) || !names.containsAll(index.columns())) {
      throw new StoreException(Reason.STATEMENT, database.file() + ": " + index + " does not fit table " + index.table()
          + " with columns " + names + " and primary key " + key
          + " (expected: its key, of one column, and columns of it)");
    }
    boolean rowids = connection.query("SELECT wr FROM pragma_table_list(?)", row -> row.getInt(1), index.table())
        .equals(List.of(0));
    return rowids && columns.stream().anyMatch(c -> c.keyPart() == 1 && c.type().equals("INTEGER"));
  }
}
