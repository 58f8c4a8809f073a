package dev.edge4j.data.replica;

import dev.edge4j.data.engines.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Figures of a replica, each beside what it cannot be faster than, in one run: {@code ReplicaFigures [rows [rounds]]}. Not a test. Ratios are what
 * counts; the numbers are this machine's.
 */
final class ReplicaFigures {
  private static final int COMMITS = 2_000;
  private static final int READS = 50_000;
  private static final String COLUMNS = "id, sku, name, description, category, price, stock, active, rating, created_at, updated_at";

  private final OriginDatabase origin;
  private final String url;
  private final Path folder;
  private final int rows;
  private final int rounds;

  private ReplicaFigures(String url, Path folder, int rows, int rounds) {
    this.url = url;
    this.origin = new OriginDatabase(url);
    this.folder = folder;
    this.rows = rows;
    this.rounds = rounds;
  }

  public static void main(String[] args) throws Exception {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    Path folder = Files.createTempDirectory("replica-figures");
    try (PostgresServer server = PostgresServer.start()) {
      new ReplicaFigures(server.url("postgres"), folder, rows, rounds).run();
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private void run() throws Exception {
    origin.run(
        "CREATE TABLE products (id bigint PRIMARY KEY, sku text NOT NULL, name text NOT NULL, description text, category text NOT NULL,"
            + " price numeric(10,2) NOT NULL, stock int NOT NULL, active boolean NOT NULL, rating double precision, created_at timestamptz NOT NULL,"
            + " updated_at timestamptz)",
        "INSERT INTO products SELECT i, 'sku-' || i, 'Product ' || i, repeat(md5(i::text), 3), 'c' || i % 100,"
            + " i % 10000 / 100.0, i % 1000, i % 7 <> 0, i % 50 / 10.0, '2026-01-01'::timestamptz + i * interval '1 second', NULL FROM"
            + " generate_series(1, " + rows + ") i");
    double bare = bareCopy();
    long begin = System.nanoTime();
    try (SqliteReplica replica = SqliteReplica.of(url).tables("products").into(folder.resolve("figures.db"))) {
      double snapshot = seconds(begin);
      Await.caughtUp(replica, origin);
      say(String.format(Locale.ROOT,
          "snapshot of %,d rows: %.2f s, %,.0f rows/s; bare COPY into SQLite %.2f s; ratio %.2f", rows, snapshot, rows
              / snapshot, bare, bare
                  / snapshot));
    }
    new FollowingFigures(origin, folder, rows).run(rounds);
    visible();
    reads();
  }

  /** COPY, cut at tabs, everything bound as text: what no copier can be much faster than. */
  private double bareCopy() throws SQLException, IOException {
    long begin = System.nanoTime();
    Path file = folder.resolve("bare.db");
    try (Connection from = origin.connect(); Connection to = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      Origin.run(to, "PRAGMA journal_mode=OFF");
      Origin.run(to, "PRAGMA synchronous=OFF");
      Origin.run(to, "CREATE TABLE products (id INTEGER PRIMARY KEY, " + COLUMNS.substring(4) + ")");
      Origin.run(to, "BEGIN");
      CopyOut copy = from.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY products TO STDOUT");
      try (PreparedStatement insert = to.prepareStatement("INSERT INTO products VALUES (?,?,?,?,?,?,?,?,?,?,?)")) {
        long count = 0;
        for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
          bindAll(insert, new String(line, 0, line.length - 1, java.nio.charset.StandardCharsets.UTF_8).split("\t",
              -1));
          insert.addBatch();
          if (++count % 500 == 0) {
            insert.executeBatch();
          }
        }
        insert.executeBatch();
      }
      Origin.run(to, "COMMIT");
    }
    Generations.sync(file);
    return seconds(begin);
  }

  /** At 200 transactions a second: from the return of commit() until a reader sees the row. */
  private void visible() throws SQLException {
    try (SqliteReplica replica = SqliteReplica.of(url).tables("products").into(folder.resolve("visible.db"));
        Connection connection = origin
            .connect();
        PreparedStatement update = connection.prepareStatement("UPDATE products SET stock = ? WHERE id = 1")) {
      Await.caughtUp(replica, origin);
      var nanos = new long[COMMITS];
      long next = System.nanoTime();
      for (int i = 0; i < COMMITS; i++) {
        update.setInt(1, 1_000_000 + i);
        update.executeUpdate();
        long committed = System.nanoTime();
        while (replica.queryOne(Long.class, "SELECT stock FROM products WHERE id = 1").orElseThrow() != 1_000_000 + i) {
          LockSupport.parkNanos(20_000);
        }
        nanos[i] = System.nanoTime() - committed;
        next += Duration.ofMillis(5).toNanos();
        LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
      }
      tell("commit to visible at 200 tx/s", nanos);
      local(replica);
    }
  }

  private void reads() throws SQLException {
    try (Connection connection = origin.connect();
        PreparedStatement select = connection.prepareStatement(
            "SELECT id, name, price FROM products WHERE id = ?")) {
      var nanos = new long[READS];
      for (int i = 0; i < READS; i++) {
        long begin = System.nanoTime();
        select.setLong(1, 1 + i * 7_919L % rows);
        try (ResultSet result = select.executeQuery()) {
          if (!result.next() || result.getString(2) == null) {
            throw new AssertionError("no row " + i);
          }
        }
        nanos[i] = System.nanoTime() - begin;
      }
      tell("PostgreSQL over loopback, by key", nanos);
    }
  }

  private void local(SqliteReplica replica) {
    record Product(long id, String name, java.math.BigDecimal price) {}
    var nanos = new long[READS];
    for (int i = 0; i < READS; i++) {
      long begin = System.nanoTime();
      if (replica.queryOne(Product.class, "SELECT id, name, price FROM products WHERE id = :id", Map.of("id", 1 + i
          * 7_919L
          % rows)).isEmpty()) {
        throw new AssertionError("no row " + i);
      }
      nanos[i] = System.nanoTime() - begin;
    }
    tell("the copy, by key, as a record", nanos);
  }

  private static void bindAll(PreparedStatement insert, String[] values) throws SQLException {
    for (int i = 0; i < 11; i++) {
      @Nullable
      String value = values[i].equals("\\N") ? null : values[i];
      insert.setString(i + 1, value);
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void tell(String what, long[] nanos) {
    Arrays.sort(nanos);
    say(String.format(Locale.ROOT, "%s: p50 %,.1f us, p99 %,.1f us", what, nanos[nanos.length / 2] / 1e3,
        nanos[nanos.length * 99 / 100] / 1e3));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
