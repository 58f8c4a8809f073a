package dev.edge4j.data.sqlite;

import dev.edge4j.data.SearchIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of one search index: a table of words, triggers that keep it, and the statement that finds rows by it.
 *
 * <p>The table of words holds no copy of the texts and forgets a row by its number alone ("contentless-delete",
 * sqlite.org/fts5.html). One with external content must be told the old texts to forget a row, but {@code INSERT OR REPLACE} runs no
 * trigger that could, and its index would be corrupt from then on. A row whose key is no INTEGER is given a number in a table of
 * its own, because VACUUM, and so a backup, may change the rowids that such rows have.
 */
final class SearchTables {
  private final SearchIndex index;
  private final boolean numbered;
  private final String table;
  private final String key;
  private final String words;
  private final String rows;

  /** The names are checked by {@link SearchIndex}; {@code numbered} if the rows' keys are their rowids. */
  SearchTables(SearchIndex index, boolean numbered) {
    this.index = index;
    this.numbered = numbered;
    this.table = quoted(index.table());
    this.key = quoted(index.key());
    this.words = quoted(index.table() + "_edge4j_words"); // names that no index of another table, with its own tables, can have
    this.rows = quoted(index.table() + "_edge4j_rows");
  }

  /** What must be in the schema, word for word; else the index is another's, or the table was made anew. */
  List<String> definitions() {
    var all = new ArrayList<String>();
    if (!numbered) {
      all.add("CREATE TABLE " + rows + " (id INTEGER PRIMARY KEY, key NOT NULL UNIQUE)");
    }
    all.add("CREATE VIRTUAL TABLE " + words + " USING fts5(" + columns("") + ", content='', contentless_delete=1, "
        + "tokenize='unicode61 remove_diacritics 2')");
    all.add(trigger("insert", "INSERT", learn()));
    all.add(trigger("delete", "DELETE", forget("old") + unnumber()));
    all.add(trigger("update", "UPDATE OF " + key + ", " + columns(""), forget("old") + unnumber() + learn()));
    return all;
  }

  /** All statements that make the index anew, whatever was there. */
  List<String> build() {
    var all = new ArrayList<String>();
    for (String event : List.of("insert", "delete", "update")) {
      all.add("DROP TRIGGER IF EXISTS " + triggerName(event));
    }
    all.add("DROP TABLE IF EXISTS " + words);
    all.add("DROP TABLE IF EXISTS " + rows);
    all.addAll(definitions());
    if (!numbered) {
      all.add("INSERT INTO " + rows + " (key) SELECT " + key + " FROM " + table + " WHERE " + key + " IS NOT NULL");
    }
    all.add("INSERT INTO " + words + " (rowid, " + columns("") + ") SELECT " + (numbered ? "t." + key : "n.id") + ", "
        + columns("t.") + " FROM " + table + " AS t" + (numbered ? "" : " JOIN " + rows + " AS n ON n.key = t." + key));
    return all;
  }

  String select(String weights) {
    String join = numbered ? table + " AS t ON t." + key + " = " + words + ".rowid"
        : rows + " AS n ON n.id = " + words + ".rowid JOIN " + table + " AS t ON t." + key + " = n.key";
    return "SELECT t.* FROM " + words + " JOIN " + join + " WHERE " + words + " MATCH :words ORDER BY bm25(" + words
        + ", " + weights + "), t." + key + " LIMIT :limit OFFSET :offset";
  }

  private String trigger(String name, String event, String body) {
    return "CREATE TRIGGER " + triggerName(name) + " AFTER " + event + " ON " + table + " BEGIN " + body + "END";
  }

  private String triggerName(String event) {
    return quoted(index.table() + "_edge4j_words_on_" + event);
  }

  /** Forgets what the key stood for before, if a REPLACE has pushed that out. */
  private String learn() {
    String number = "INSERT INTO " + rows + " (key) SELECT new." + key + " WHERE new." + key
        + " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + rows + " WHERE key = new." + key + "); ";
    String insert = "INSERT INTO " + words + " (rowid, " + columns("") + ") SELECT " + (numbered ? "new." + key : "id")
        + ", "
        + columns("new.") + (numbered ? "; " : " FROM " + rows + " WHERE key = new." + key + "; ");
    return (numbered ? "" : number) + forget("new") + insert;
  }

  private String forget(String row) {
    String id = numbered ? row + "." + key : "(SELECT id FROM " + rows + " WHERE key = " + row + "." + key + ")";
    return "DELETE FROM " + words + " WHERE rowid = " + id + "; ";
  }

  private String unnumber() {
    return numbered ? "" : "DELETE FROM " + rows + " WHERE key = old." + key + "; ";
  }

  private String columns(String prefix) {
    return index.columns().stream().map(column -> prefix + quoted(column)).collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }
}
