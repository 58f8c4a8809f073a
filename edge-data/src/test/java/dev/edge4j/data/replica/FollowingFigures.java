package dev.edge4j.data.replica;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * How quickly a replica follows, in rounds side by side with two things that it cannot be faster than: the same rows written by one
 * prepared statement in batches into a twin of the copy's file, and a backlog's stream read by the same driver and thrown away. Not a test.
 */
final class FollowingFigures {
  private static final int BURST = 100_000;
  private static final int BACKLOG = BURST / 2;
  private static final int BATCH = 500;
  private static final long WAITED = 15_000;
  private static final long PAUSE = 300_000;
  private static final String DRAIN = "figures_drain";
  private static final String SLOT = "edge_figures_one";

  /** Seconds of one round: the raw batch, the stream of a backlog alone, the replica; and who was how long on a processor. */
  private record Round(Raw raw, double stream, double replica, Busy busy) {
    double ratio() {
      return raw.seconds / replica;
    }
  }

  private record Raw(double seconds, double busy) {}

  /** Seconds on a processor: the copy's thread, and who sends to it. */
  private record Busy(double copy, double sender) {
    Busy since(Busy before) {
      return new Busy(copy - before.copy, sender - before.sender);
    }
  }

  private final OriginDatabase origin;
  private final Origin connections;
  private final Path folder;
  private final int rows;

  FollowingFigures(OriginDatabase origin, Path folder, int rows) {
    this.origin = origin;
    this.connections = new Origin(OriginOptions.of(origin.url()), "figures");
    this.folder = folder;
    this.rows = rows;
  }

  /** The table of {@link ReplicaFigures} is there. The first round warms up and does not count. */
  void run(int rounds) throws Exception {
    Path twin = folder.resolve("twin.db");
    Path file;
    TableShape shape;
    try (SqliteReplica replica = open()) {
      Await.caughtUp(replica, origin);
      file = replica.status().file();
      shape = CopyFile.tables(file).getFirst();
    }
    Files.copy(file, twin);
    var inserts = new ArrayList<Round>();
    var updates = new ArrayList<Round>();
    for (int i = 0; i <= rounds; i++) {
      inserts.add(oneTransaction(twin, shape, rows + i * BURST));
      updates.add(backlog(twin, shape, i));
      tell("round " + i + ", one transaction", inserts.subList(i, i + 1));
      tell("round " + i + ", backlog", updates.subList(i, i + 1));
    }
    tell("one transaction of " + BURST + " rows, from its commit", inserts.subList(1, inserts.size()));
    tell("backlog of " + BACKLOG + " transactions of one row, from opening", updates.subList(1, updates.size()));
    origin.rows("SELECT pg_drop_replication_slot('" + SLOT + "')");
  }

  private Round oneTransaction(Path twin, TableShape shape, int above) throws Exception {
    String source = "SELECT i + " + above + ", 'sku-' || i, 'Product ' || i, repeat(md5(i::text), 3), 'c' || i % 100,"
        + " (i % 10000 / 100.0)::numeric(10, 2), i % 1000, true, 1.5, now(), NULL FROM generate_series(1, " + BURST
        + ") i";
    Raw raw = raw(twin, "INSERT INTO products VALUES (?,?,?,?,?,?,?,?,?,?,?)", typed(source, shape), IntStream.range(
        0, 11).toArray());
    try (SqliteReplica replica = open()) {
      Await.caughtUp(replica, origin);
      origin.run("INSERT INTO products " + source);
      Busy before = busy();
      long begin = System.nanoTime();
      Await.caughtUp(replica, origin);
      double replicated = seconds(begin);
      return new Round(raw, 0, replicated, busy().since(before));
    }
  }

  /** Temporary slots do not fall behind: a backlog is made for a durable one. */
  private Round backlog(Path twin, TableShape shape, int round) throws Exception {
    try (Drain drain = new Drain()) {
      try (Connection connection = origin.connect();
          PreparedStatement update = connection.prepareStatement(
              "UPDATE products SET stock = stock + 1, updated_at = now() WHERE id = ?")) {
        Origin.run(connection, "SET synchronous_commit = off");
        for (int i = 1; i <= BACKLOG; i++) {
          update.setLong(1, i);
          update.executeUpdate();
        }
        Origin.run(connection, "SET synchronous_commit = on");
        Origin.run(connection, "UPDATE products SET stock = " + round + " WHERE id = " + rows);
      }
      List<Object[]> values = typed("SELECT * FROM products WHERE id <= " + BACKLOG + " ORDER BY id", shape);
      Raw raw = raw(twin, "UPDATE products SET sku = ?, name = ?, description = ?, category = ?, price = ?, stock = ?,"
          + " active = ?, rating = ?, created_at = ?, updated_at = ? WHERE id = ?", values, new int[]{1, 2, 3, 4, 5, 6,
              7, 8, 9, 10, 0});
      long begin = System.nanoTime();
      try (SqliteReplica again = open()) {
        Await.caughtUp(again, origin);
        double replicated = seconds(begin);
        return new Round(raw, drain.seconds(), replicated, busy());
      }
    }
  }

  /** Of the thread that follows and of the process at the origin that sends to it. */
  private Busy busy() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().equals("replica following.db"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
    long pid = Long.parseLong(origin.one("SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + SLOT
        + "'"));
    return new Busy(nanos / 1e9, ProcessHandle.of(pid)
        .flatMap(p -> p.info().totalCpuDuration())
        .orElseThrow()
        .toMillis() / 1e3);
  }

  private SqliteReplica open() {
    return SqliteReplica.of(origin.url())
        .tables("products")
        .app("figures")
        .node("one")
        .durable()
        .into(folder.resolve("following.db"));
  }

  /** The values as the copy has them, at hand: the raw batch neither reads nor decodes anything. */
  private List<Object[]> typed(String sql, TableShape shape) {
    List<ColumnType> types = shape.columns().stream().map(TableShape.Column::type).toList();
    return origin.rows(sql).stream().map(line -> {
      String[] texts = line.split("\\|", -1);
      return IntStream.range(0, texts.length)
          .mapToObj(i -> texts[i].equals("null") ? "" : types.get(i).stored(texts[i]))
          .toArray();
    }).toList();
  }

  /** One transaction on a twin of the copy's file, opened as the copy is. */
  private static Raw raw(Path twin, String sql, List<Object[]> values, int[] order) throws Exception {
    ReplicaFile file = ReplicaFile.open(twin, dev.edge4j.data.sqlite.SqliteOptions.defaults());
    try (PreparedStatement statement = file.writer().prepareStatement(sql)) {
      long busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      file.begin();
      for (int i = 0; i < values.size(); i++) {
        Object[] row = values.get(i);
        for (int p = 0; p < order.length; p++) {
          if (row[order[p]].equals("")) {
            statement.setNull(p + 1, java.sql.Types.NULL);
          } else {
            TableWriter.bind(statement, p + 1, row[order[p]]);
          }
        }
        statement.addBatch();
        if (i % BATCH == BATCH - 1) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
      file.commit(file.applied(), 0);
      return new Raw(seconds(begin), (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - busy) / 1e9);
    } finally {
      file.readers().close();
      file.closeWriter();
    }
  }

  /** The stream from now on, read and thrown away. */
  private final class Drain implements AutoCloseable {
    private final Connection connection = connections.replication();

    private Drain() throws SQLException {
      Origin.run(connection, "CREATE_REPLICATION_SLOT " + DRAIN + " TEMPORARY LOGICAL pgoutput");
    }

    double seconds() throws SQLException {
      long until = origin.position().offset();
      String publication = origin.one("SELECT pubname FROM pg_publication");
      long begin = System.nanoTime();
      PGReplicationStream stream = Origin.driver(connection)
          .getReplicationAPI()
          .replicationStream()
          .logical()
          .withSlotName(DRAIN)
          .withStartPosition(LogSequenceNumber.valueOf(0))
          .withSlotOption("proto_version", 1)
          .withSlotOption("publication_names", Names.quoted(publication))
          .start();
      while (stream.getLastReceiveLSN().asLong() < until) {
        long asked = System.nanoTime();
        ByteBuffer next = stream.readPending();
        if (next == null || System.nanoTime() - asked > WAITED) {
          LockSupport.parkNanos(PAUSE); // to be woken for each message would cost the sender more than the message
        }
      }
      return FollowingFigures.seconds(begin);
    }

    @Override
    public void close() {
      Origin.close(connection);
    }
  }

  private static void tell(String what, List<Round> rounds) {
    System.out.println(String.format(Locale.ROOT,
        "%s: %.2f s (on a processor: the copy's thread %.2f s, its sender at the origin %.2f s); raw batch %.2f s"
            + " (on a processor %.2f s); ratio %.2f of %s%s", what, median(rounds,
                Round::replica), median(rounds, r -> r.busy.copy), median(rounds, r -> r.busy.sender), median(rounds,
                    r -> r.raw.seconds), median(rounds, r -> r.raw.busy), median(rounds, Round::ratio), rounds.stream()
                        .map(r -> String.format(Locale.ROOT, "%.2f", r.ratio()))
                        .toList(), rounds.getFirst().stream == 0 ? ""
                            : String.format(Locale.ROOT, "; the stream alone %.2f s", median(rounds, Round::stream))));
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
    double[] values = rounds.stream().mapToDouble(of).sorted().toArray();
    return values[values.length / 2];
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
