package dev.edge4j.data.postgres;

import dev.edge4j.data.Search;
import dev.edge4j.data.SearchIndex;
import dev.edge4j.data.sql.NamedSql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Search by a GIN index over an expression (manual, chapter 12.2.2): the table itself stays as it is, and what is written to it is
 * found at once. The texts and the words that are looked for go through the same function, {@code edge4j_words}, which takes case and
 * accents away and leaves letters and digits with blanks between, so nothing in them is an operator.
 */
final class PostgresSearch implements Search {
  private static final int MOST_ROWS = 1_000;
  /** Longer ones are cut: nobody types that much. */
  private static final int MOST_CHARACTERS = 4_000;

  /** PostgreSQL 17 knows Unicode by itself; before it ICU does, if it was built in. Neither depends on the database's locale. */
  private static final String COLLATION = "SELECT collname FROM pg_collation WHERE collname IN ('pg_c_utf8', 'und-x-icu')"
      + " AND collnamespace = 'pg_catalog'::regnamespace ORDER BY collname LIMIT 1";

  /** A word of more than 2,046 bytes and a text of more than a megabyte cannot be indexed; both are cut far below. */
  private static final String FUNCTION = """
      CREATE OR REPLACE FUNCTION edge4j_words(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
        SELECT regexp_replace(regexp_replace(regexp_replace(lower(normalize(left(coalesce(given, ''), 200000), NFKD) COLLATE "{collation}"),
          '[\\u0300-\\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g'), '([^ ]{200})[^ ]+', '\\1', 'g')
      $function$
      """;

  private final PostgresDatabase database;
  private final Statements statements;
  private final Map<SearchIndex, NamedSql> queries = new ConcurrentHashMap<>();

  PostgresSearch(PostgresDatabase database, Statements statements) {
    this.database = database;
    this.statements = statements;
  }

  @Override
  public void prepare(SearchIndex index) {
    SessionLock.holding(SessionLock.SEARCH, database, connection -> {
      prepare(connection, index);
      return index;
    });
  }

  private static void prepare(Connection connection, SearchIndex index) throws SQLException {
    String name = name(index);
    try (Statement statement = connection.createStatement()) {
      if (!isThere(connection, "SELECT 1 FROM pg_proc WHERE oid = to_regproc(?)", "edge4j_words")) {
        statement.execute(FUNCTION.replace("{collation}", collation(statement)));
      }
      if (isThere(connection, "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(?) AND indisvalid", name)) {
        return;
      }
      statement.execute("DROP INDEX IF EXISTS " + name); // half made, when a program ended in the middle
      statement.execute("CREATE INDEX CONCURRENTLY " + name + " ON " + Names.quoted("table", index.table())
          + " USING gin ((" + vector(index, "") + "))"); // without keeping writers out
    }
  }

  private static boolean isThere(Connection connection, String sql, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static String collation(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(COLLATION)) {
      return row.next() ? row.getString(1) : "default";
    }
  }

  @Override
  public <T> List<T> search(SearchIndex index, Class<T> type, String words, int limit, int offset) {
    if (limit < 1 || limit > MOST_ROWS || offset < 0) {
      throw new IllegalArgumentException("limit, offset: " + limit + ", " + offset + " (expected: 1 to " + MOST_ROWS
          + ", 0 or more)");
    }
    NamedSql query = queries.computeIfAbsent(index, this::query);
    Object[] values = query.values(Map.of("words", clean(words), "limit", limit, "offset", offset));
    return database.read(connection -> Session.query(connection, type, query, values));
  }

  private NamedSql query(SearchIndex index) {
    String vector = vector(index, "t.");
    return statements.of("""
        SELECT t.* FROM %s AS t,
          (SELECT to_tsquery('simple', replace(nullif(trim(edge4j_words(:words)), ''), ' ', ' & ') || ':*') AS query) AS sought
        WHERE (%s) @@ sought.query
        ORDER BY ts_rank((%s), sought.query) DESC, t.%s LIMIT :limit OFFSET :offset""".formatted(
        Names.quoted("table", index.table()), vector, vector, Names.quoted("key", index.key())));
  }

  /** Weights A to D; from the fourth column on all have the least. */
  private static String vector(SearchIndex index, String alias) {
    var vector = new StringBuilder();
    for (int i = 0; i < index.columns().size(); i++) {
      vector.append(i == 0 ? "" : " || ")
          .append("setweight(to_tsvector('simple', edge4j_words(")
          .append(alias)
          .append(Names.quoted("column", index.columns().get(i)))
          .append(")), '")
          .append("ABCD".charAt(Math.min(i, 3)))
          .append("')");
    }
    return vector.toString();
  }

  /** What PostgreSQL takes for no text at all. */
  private static String clean(String words) {
    String cut = words.length() > MOST_CHARACTERS ? words.substring(0, MOST_CHARACTERS) : words;
    return cut.replaceAll("[\\x00\\p{Cs}]", " ");
  }

  /** The same for the same index in every program. */
  private static String name(SearchIndex index) {
    byte[] identity = String.join(" ", index.table(), String.join(",", index.columns()))
        .getBytes(StandardCharsets.UTF_8);
    return "edge4j_search_" + UUID.nameUUIDFromBytes(identity).toString().replace("-", "");
  }
}
