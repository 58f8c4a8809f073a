package dev.edge4j.data.replica;

import dev.edge4j.data.Position;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The only writer of an origin: random transactions, of which it knows what each has left. Confined to one thread but for {@link #beatBefore}. */
final class TortureOrigin {
  /** A row that the last acknowledged transaction wrote; its version is empty if it deleted it. */
  record Written(Position position, long id, Optional<Long> version) {}

  private final String url;
  private final Random random;
  private final ConcurrentSkipListMap<Long, Long> beats = new ConcurrentSkipListMap<>();
  private Optional<Connection> connection = Optional.empty();
  private long version;
  private int columns;
  private Map<Long, Optional<Long>> touched = new TreeMap<>();

  TortureOrigin(String url, Random random) {
    this.url = url;
    this.random = random;
  }

  void create() throws SQLException {
    try (Connection first = DriverManager.getConnection(url); Statement statement = first.createStatement()) {
      for (String sql : List.of("CREATE TYPE mood AS ENUM ('good', 'bad')",
          "CREATE TABLE items (id bigint PRIMARY KEY, version bigint NOT NULL,"
              + " price numeric(12,2), huge numeric, at timestamptz, plain timestamp, day date, flag boolean, code uuid, mood mood,"
              + " ratio double precision, small real, picture bytea, tags text[], doc jsonb, word text, body text)",
          "ALTER TABLE items ALTER body SET STORAGE EXTERNAL",
          "CREATE TABLE pairs (tenant text, id int, version bigint NOT NULL, body text, PRIMARY KEY (tenant, id))",
          "ALTER TABLE pairs REPLICA IDENTITY FULL", "CREATE TABLE beats (id int PRIMARY KEY, n bigint NOT NULL)",
          "INSERT INTO beats VALUES (1, 0), (2, 0)",
          "CREATE TABLE noise (t text)")) {
        statement.execute(sql);
      }
    }
  }

  /** Runs one transaction. Empty if it was rolled back, or if its outcome is not known because the origin has gone. */
  Optional<Written> transaction() {
    touched = new TreeMap<>();
    try {
      Connection open = open();
      try (Statement statement = open.createStatement()) {
        int steps = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 8);
        long beat = ++version;
        statement.execute("UPDATE beats SET n = " + beat + " WHERE id = 1"); // the first and the last change of each transaction
        for (int i = 0; i < steps; i++) {
          step(statement);
        }
        statement.execute("UPDATE beats SET n = " + beat + " WHERE id = 2");
        if (random.nextInt(10) == 0) {
          open.rollback();
          return Optional.empty();
        }
        open.commit();
        beats.put(System.nanoTime(), beat);
        Position position = position(statement);
        open.commit();
        return touched.entrySet().stream().findFirst().map(row -> new Written(position, row.getKey(), row.getValue()));
      }
    } catch (SQLException e) {
      close();
      return Optional.empty();
    }
  }

  /** The newest beat whose commit had returned before a time. */
  long beatBefore(long nanos) {
    Map.Entry<Long, Long> entry = beats.lowerEntry(nanos);
    return entry == null ? 0 : entry.getValue();
  }

  /** Where the origin is now; for when nobody kills it. */
  Position position() throws SQLException {
    try (Statement statement = open().createStatement()) {
      Position position = position(statement);
      open().commit();
      return position;
    }
  }

  /** The rows of a table as the copy should keep them. */
  List<String> rows(String table, TableShape shape) throws SQLException {
    try (Statement statement = open().createStatement();
        ResultSet result = statement.executeQuery("SELECT "
            + Names.list(shape.columns().stream().map(TableShape.Column::name).toList()) + " FROM " + table)) {
      var rows = new ArrayList<String>();
      while (result.next()) {
        var row = new StringBuilder();
        for (int i = 0; i < shape.columns().size(); i++) {
          String text = result.getString(i + 1);
          ColumnType type = shape.columns().get(i).type();
          row.append(text == null ? "NULL" : shown(type.stored(text))).append('|');
        }
        rows.add(row.toString());
      }
      open().commit();
      rows.sort(null);
      return rows;
    }
  }

  static String shown(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }

  void close() {
    connection.ifPresent(Origin::close);
    connection = Optional.empty();
  }

  private static Position position(Statement statement) throws SQLException {
    Origin.Identity identity = Origin.position(statement.getConnection());
    return new Position(identity.history(), identity.flushed());
  }

  private Connection open() throws SQLException {
    if (connection.isEmpty()) {
      Connection made = new Origin(OriginOptions.of(url), "torture").connect(); // with the text forms of the stream
      made.setAutoCommit(false);
      connection = Optional.of(made);
    }
    return connection.get();
  }

  private void step(Statement statement) throws SQLException {
    long id = random.nextInt(300);
    long v = ++version;
    switch (random.nextInt(100)) {
      case 0 -> truncate(statement);
      case 1 -> addColumn(statement);
      case 2, 3, 4, 5 -> statement.execute("INSERT INTO noise VALUES ('" + "x".repeat(random.nextInt(2_000)) + "')");
      case 6, 7, 8, 9, 10, 11, 12 -> {
        touch(id, Optional.empty());
        statement.execute("DELETE FROM items WHERE id = " + id);
      }
      case 13, 14, 15, 16, 17, 18 -> moveKey(statement, id, random.nextInt(300), v);
      case 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31 -> pair(statement, v);
      case 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47 -> {
        if (statement.executeUpdate("UPDATE items SET version = " + v + ", word = 'w" + v + "' WHERE id = " + id) > 0) { // body is not touched
          touch(id, Optional.of(v));
        }
      }
      default -> upsert(statement, id, v);
    }
  }

  private void truncate(Statement statement) throws SQLException {
    if (random.nextInt(5) == 0) {
      statement.execute("TRUNCATE items, pairs");
      touched.replaceAll((_, _) -> Optional.empty());
    }
  }

  private void addColumn(Statement statement) throws SQLException {
    if (columns < 8 && random.nextInt(8) == 0) {
      columns++; // never taken back, so that no name comes twice
      statement.execute("ALTER TABLE items ADD COLUMN x" + version + " int DEFAULT " + columns);
    }
  }

  private void moveKey(Statement statement, long from, long to, long v) throws SQLException {
    if (from != to && statement.executeUpdate("UPDATE items SET id = " + to + ", version = " + v + " WHERE id = " + from
        + " AND NOT EXISTS (SELECT 1 FROM items WHERE id = " + to + ")") > 0) {
      touch(from, Optional.empty());
      touch(to, Optional.of(v));
    }
  }

  private void pair(Statement statement, long v) throws SQLException {
    String tenant = "'t" + random.nextInt(3) + "'";
    int id = random.nextInt(40);
    switch (random.nextInt(4)) {
      case 0 -> statement.execute("DELETE FROM pairs WHERE tenant = " + tenant + " AND id = " + id);
      case 1 -> statement.execute("UPDATE pairs SET version = " + v + ", tenant = 't" + random.nextInt(3)
          + "' WHERE id = " + (100 + random.nextInt(
              1_000)));
      default -> statement.execute("INSERT INTO pairs VALUES (" + tenant + ", " + id + ", " + v + ", " + large()
          + ") ON CONFLICT (tenant, id) DO"
          + " UPDATE SET version = excluded.version");
    }
  }

  private void upsert(Statement statement, long id, long v) throws SQLException {
    touch(id, Optional.of(v));
    statement.execute(
        "INSERT INTO items (id, version, price, huge, at, plain, day, flag, code, mood, ratio, small, picture, tags, doc, word, body)"
            + " VALUES (" + id + ", " + v + ", " + maybe(random.nextInt(1_000_000) / 100.0) + ", " + maybe("1e" + random
                .nextInt(40)) + ", "
            + maybe("to_timestamp(" + random.nextInt() + ".123456)") + ", " + maybe(
                "'2026-01-31 12:00:00.5'::timestamp + '" + random.nextInt(1_000_000)
                    + " seconds'") + ", " + maybe("'infinity'") + ", " + maybe(random.nextBoolean()) + ", " + maybe(
                        "gen_random_uuid()") + ", "
            + maybe("'bad'") + ", " + maybe("'NaN'") + ", " + maybe(random.nextFloat()) + ", " + maybe("decode(md5('"
                + v + "'), 'hex')") + ", "
            + maybe("ARRAY['a', NULL, 'b\"c']") + ", " + maybe("'{\"k\": [1, 2.50]}'") + ", E'tab\\t back\\\\ line\\n ü"
            + v + "', " + large()
            + ") ON CONFLICT (id) DO UPDATE SET version = excluded.version, price = excluded.price, at = excluded.at"
            + (random.nextBoolean() ? ", body = excluded.body" : ""));
  }

  private void touch(long id, Optional<Long> now) {
    touched.put(id, now);
  }

  private Object maybe(Object value) {
    return random.nextInt(8) == 0 ? "NULL" : value;
  }

  private String large() {
    return random.nextInt(3) == 0 ? "(SELECT string_agg(md5((i * " + (1 + random.nextInt(1_000))
        + ")::text), '') FROM generate_series(1, " + (50 + random.nextInt(300)) + ") i)"
        : "'short" + random.nextInt(100) + "'";
  }
}
