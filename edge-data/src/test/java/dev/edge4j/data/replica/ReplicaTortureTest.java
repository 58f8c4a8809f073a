package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.Position;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.testing.Aside;
import dev.edge4j.data.testing.TcpLink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whatever is killed, cut or changed: when it is quiet each copy equals its origin row for row, a read behind a bookmark never misses its
 * write, no copy ever says that it is younger than it is, and none lets go of log that it still needs. {@code -Dedge4j.seed} repeats a run's choices, {@code edge4j.long} runs ten
 * minutes.
 */
@Aside
class ReplicaTortureTest {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaTortureTest.class);
  private static final List<String> TABLES = List.of("items", "pairs", "beats");
  private static final Map<String, String> SLOTS = Map.of("edge_torture_main", "durable.db", "edge_torture_child",
      "child.db");
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("edge4j.torture.seconds", Boolean.getBoolean(
      "edge4j.long") ? 600 : 60));

  /** Minus one if a part of a transaction is shown. */
  private static final String BEAT = "SELECT CASE WHEN min(n) = max(n) THEN min(n) ELSE -1 END FROM beats";

  private final long seed = Long.getLong("edge4j.seed", System.nanoTime());
  private final Random faults = new Random(seed);
  private final PostgresServer server = PostgresServer.start(Map.of("fsync", "off", "max_slot_wal_keep_size", "4GB"));
  private final TcpLink link = TcpLink.to(server.port());
  private final TortureOrigin origin = new TortureOrigin(server.url("postgres"), new Random(seed + 1));
  private final Path folder;
  private final AtomicReference<SqliteReplica> durable = new AtomicReference<>();
  private final AtomicReference<SqliteReplica> fleeting = new AtomicReference<>();
  private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());
  private final AtomicInteger transactions = new AtomicInteger();
  private final AtomicInteger bookmarks = new AtomicInteger();
  private final AtomicInteger ages = new AtomicInteger();
  private final AtomicInteger slots = new AtomicInteger();
  private Process child;

  ReplicaTortureTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    origin.create();
    this.child = TortureChild.start(server.url("postgres"), folder.resolve("child.db"));
  }

  @AfterEach
  void close() {
    child.destroyForcibly().onExit().join();
    Optional.ofNullable(durable.get()).ifPresent(SqliteReplica::close);
    Optional.ofNullable(fleeting.get()).ifPresent(SqliteReplica::close);
    origin.close();
    link.close();
    server.close();
  }

  @Test
  void copiesEqualTheirOriginWheneverItIsQuiet() throws Exception {
    LOG.info("torture for {} with -Dedge4j.seed={}", TIME, seed);
    durable.set(open(true));
    fleeting.set(open(false));
    long end = System.nanoTime() + TIME.toNanos();
    int quiet = 0;
    while (System.nanoTime() < end) {
      round();
      compare();
      quiet++;
    }
    LOG.info("torture: {} transactions, {} reads behind bookmarks, {} ages, {} looks at slots, {} quiet points",
        transactions, bookmarks, ages, slots, quiet);
    assertTrue(bookmarks.get() > 0 && ages.get() > 0 && slots.get() > 0, "nothing was checked");
  }

  private SqliteReplica open(boolean isDurable) {
    String url = isDurable ? server.url("postgres").replace(":" + server.port() + "/", ":" + link.port() + "/")
        : server.url("postgres");
    ReplicaBuilder builder = SqliteReplica.of(OriginOptions.of(url).withSilence(Duration.ofSeconds(2)))
        .tables(TABLES.toArray(String[]::new))
        .app("torture")
        .node("main")
        .tuning(Tuning.DEFAULT.withConfirm(Duration.ofMillis(50))
            .withBackoff(Duration.ofMillis(20))
            .withProbe(Duration.ofMillis(50)));
    return (isDurable ? builder.durable() : builder).into(folder.resolve(isDurable ? "durable.db" : "fleeting.db"));
  }

  /** Some seconds of writes, reads and faults. */
  private void round() throws Exception {
    var stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().name("writer").start(() -> guard(() -> write(stop)));
    Thread reader = Thread.ofPlatform().name("reader").start(() -> guard(() -> readAges(stop)));
    Thread watch = Thread.ofPlatform().name("slots").start(() -> guard(() -> watchSlots(stop)));
    try {
      for (int i = 2 + faults.nextInt(4); i > 0 && failure.get().isEmpty(); i--) {
        Thread.sleep(100 + faults.nextInt(500)); // time to write: the faults come anywhere
        fault();
      }
      link.heal();
    } finally {
      stop.set(true);
      writer.join();
      reader.join();
      watch.join();
    }
    failure.get()
        .ifPresent(e -> {
          throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        });
  }

  private void fault() throws Exception {
    switch (faults.nextInt(8)) {
      case 0 -> {
        server.kill();
        Await.restarted(server);
      }
      case 1 -> {
        durable.get().close();
        durable.set(open(true));
      }
      case 2, 3 -> {
        child.destroyForcibly().onExit().join();
        child = TortureChild.start(server.url("postgres"), folder.resolve("child.db"));
      }
      case 4 -> link.cut();
      case 5 -> link.stall();
      case 6 -> fleeting.get().rebuild();
      default -> link.heal();
    }
  }

  private void write(AtomicBoolean stop) throws InterruptedException {
    while (!stop.get()) {
      Optional<TortureOrigin.Written> written = origin.transaction();
      if (written.isPresent()) {
        transactions.incrementAndGet();
        readBehind(durable.get(), written.get());
        readBehind(fleeting.get(), written.get());
      } else {
        Thread.sleep(1); // the origin may be starting
      }
    }
  }

  /** The only writer waits here, so what it wrote is what must be there. */
  private void readBehind(SqliteReplica replica, TortureOrigin.Written written) {
    if (replica.reached(written.position(), Duration.ofMillis(5))) {
      Optional<Long> seen = ask(replica, "SELECT version FROM items WHERE id = :id", Map.of("id", written.id()));
      if (replica.status().state() != ReplicaStatus.State.CLOSED) {
        assertEquals(written.version(), seen, () -> "row " + written + " in " + replica.status());
        bookmarks.incrementAndGet();
      }
    }
  }

  private void readAges(AtomicBoolean stop) throws InterruptedException {
    while (!stop.get()) {
      Thread.sleep(1); // the cores are for the others
      for (SqliteReplica replica : List.of(durable.get(), fleeting.get())) {
        long now = System.nanoTime();
        Optional<Duration> age = age(replica);
        Optional<Long> seen = age.isEmpty() ? Optional.empty()
            : ask(replica, BEAT, Map.of());
        if (age.isPresent() && seen.isPresent()) {
          long owed = origin.beatBefore(now - age.get().toNanos());
          assertTrue(seen.get() >= owed, () -> "beat " + seen.get() + " shown, " + owed + " owed at age " + age.get()
              + " in " + replica.status());
          ages.incrementAndGet();
        }
      }
    }
  }

  private void watchSlots(AtomicBoolean stop) throws InterruptedException {
    while (!stop.get()) {
      try (Connection connection = DriverManager.getConnection(server.url("postgres"))) {
        while (!stop.get()) {
          for (Map.Entry<String, String> slot : SLOTS.entrySet()) {
            assertEquals(Optional.empty(), ConfirmedAhead.whileFollowing(connection, slot.getKey(),
                new Generations(folder.resolve(slot.getValue()))));
            slots.incrementAndGet();
          }
          Thread.sleep(5); // the cores are for the others
        }
      } catch (SQLException e) {
        Thread.sleep(20); // the origin may be starting
      }
    }
  }

  private static Optional<Duration> age(SqliteReplica replica) {
    try {
      return Optional.of(replica.lag());
    } catch (StoreException e) {
      return Optional.empty(); // it says that it does not know
    }
  }

  private static Optional<Long> ask(SqliteReplica replica, String sql, Map<String, ?> args) {
    try {
      return replica.queryOne(Long.class, sql, args);
    } catch (StoreException e) {
      if (e.reason() == StoreException.Reason.CLOSED) {
        return Optional.empty(); // by a fault
      }
      throw e;
    }
  }

  private void compare() throws Exception {
    Position position = origin.position();
    for (SqliteReplica replica : List.of(durable.get(), fleeting.get())) {
      assertTrue(replica.reached(position, Await.LONG), () -> "seed " + seed + ": " + replica.status());
      same(replica.status().file(), "seed " + seed + ": " + replica.status());
    }
    var generations = new Generations(folder.resolve("child.db"));
    Await.until("the child has caught up", () -> CopyFile.applied(generations) >= position.offset());
    same(generations.newest().orElseThrow(), "seed " + seed + ": child");
  }

  private void same(Path file, String where) throws SQLException {
    for (TableShape shape : CopyFile.tables(file)) {
      assertEquals(origin.rows(shape.name(), shape), CopyFile.rows(file, shape), () -> where + ", table " + shape
          .name());
    }
  }

  private void guard(Attempt attempt) {
    try {
      attempt.run();
    } catch (Throwable e) { // told by the test's own thread
      failure.compareAndSet(Optional.empty(), Optional.of(e));
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws Exception;
  }
}
