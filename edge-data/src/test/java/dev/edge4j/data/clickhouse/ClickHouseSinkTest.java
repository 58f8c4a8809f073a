package dev.edge4j.data.clickhouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.testing.ClickHouses;
import dev.edge4j.data.testing.TcpLink;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events are rows of a table, counted once each, and what goes wrong says whose fault it is. */
@Timeout(60)
class ClickHouseSinkTest {
  enum Kind {
    SHORT, LONG
  }

  record Everything(UUID id, long number, int small, double share, boolean yes, String text, Instant createdAt,
      LocalDate day, BigDecimal price, Kind kind, Optional<Long> maybe, List<String> tags) {}

  record View(String path, int millis) {}

  private static String database = "";

  @BeforeAll
  static void needsClickHouse() {
    ClickHouses.assumeHere(ClickHouseSinkTest.class);
    database = ClickHouses.database();
  }

  private static ClickHouseSink.Builder sink(String table) {
    return ClickHouseSink.builder(ClickHouses.server().url(), table).database(database);
  }

  private static List<String> query(String sql) {
    return ClickHouses.query(ClickHouses.server(), sql.replace("FROM ", "FROM " + database + "."));
  }

  private static void create(String table, String columns, String settings) {
    ClickHouses.query(ClickHouses.server(), "CREATE TABLE " + database + "." + table + " (" + columns
        + ") ENGINE = MergeTree ORDER BY tuple()" + settings);
  }

  @Test
  void aTableIsMadeOfARecord() {
    var event = new Everything(UUID.fromString("550e8400-e29b-41d4-a716-446655440000"), Long.MAX_VALUE, -1, 0.1, true,
        "tab\tquote\"ü", Instant.parse("2026-01-31T12:00:00.123456789Z"), LocalDate.of(2026, 1, 31), new BigDecimal(
            "12345678901234567890.12"),
        Kind.LONG, Optional.empty(), List.of("a", "b"));
    try (ClickHouseSink sink = sink("everything").createTable(Everything.class, "createdAt", "number").gzip().build()) {
      sink.append(event);
      assertTrue(sink.countsOnce());
    }
    assertEquals(List.of("550e8400-e29b-41d4-a716-446655440000\t9223372036854775807\t-1\t0.1\ttrue\ttab\\tquote\"ü"
        + "\t2026-01-31 12:00:00.123\t2026-01-31\t12345678901234567890.12\tLONG\t\\N\t['a','b']"), query(
            "SELECT * FROM everything"));
  }

  @Test
  void aFieldGoesToTheColumnOfItsName() {
    create("names", "created_at DateTime, Path String, n Int32 DEFAULT 7, twice Int32 ALIAS n * 2", "");
    try (ClickHouseSink sink = sink("names").build()) {
      sink.append(Map.of("createdAt", "2026-01-31T12:00:00Z", "path", "/a"));
      assertFalse(sink.countsOnce(), "this table has no window");
    }
    assertEquals(List.of("2026-01-31 12:00:00\t/a\t7\t14"), query("SELECT *, twice FROM names"));
  }

  @Test
  void aBatchIsCountedOnce() {
    List<View> batch = List.of(new View("/a", 1), new View("/b", 2));
    try (ClickHouseSink sink = sink("once").createTable(View.class).build()) {
      String token = UUID.randomUUID().toString();
      sink.appendOnce(token, batch);
      sink.appendOnce(token, batch);
      assertEquals(List.of("2"), query("SELECT count() FROM once"));
      sink.appendAll(batch);
      sink.appendAll(batch);
      assertEquals(List.of("6"), query("SELECT count() FROM once"), "the same events again are other events");
    }
  }

  @Test
  void aFieldWithoutAColumnIsTheEventsFault() {
    create("views", "path String", "");
    try (ClickHouseSink strict = sink("views").build();
        ClickHouseSink lax = sink("views").skipUnknownFields().build()) {
      var refused = assertThrows(StoreException.class, () -> strict.appendAll(List.of(Map.of("path", "/a"), new View(
          "/b", 2))));
      assertTrue(refused.permanent());
      assertEquals("ClickHouse table " + database + ".views has no column millis for event 2, View (columns: path)",
          refused.getMessage());
      lax.append(new View("/c", 3));
      assertEquals(List.of("/c"), query("SELECT path FROM views"));
      ClickHouses.query(ClickHouses.server(), "ALTER TABLE " + database + ".views ADD COLUMN millis Int32");
      await(() -> strict.append(new View("/d", 4)));
      assertEquals(List.of("/c", "/d"), query("SELECT path FROM views ORDER BY path"));
    }
  }

  /** The columns are asked for again at most once a second. */
  private static void await(Runnable append) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        append.run();
        return;
      } catch (StoreException e) {
        if (!e.permanent() || System.nanoTime() > end) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  @Test
  void aValueThatDoesNotFitIsTheEventsFaultAndItsColumnIsNamed() {
    create("typed", "path String, n Int32, at DateTime, id UUID, flag Bool, tags Array(String), price Decimal(9, 2),"
        + " CONSTRAINT positive CHECK n >= 0", "");
    try (ClickHouseSink sink = sink("typed").build()) {
      Map<String, Object> wrong = Map.of("n", "seven", "at", "soon", "id", "me", "flag", "maybe", "tags", "a", "price",
          1e30);
      wrong.forEach((column, value) -> {
        var refused = assertThrows(StoreException.class, () -> sink.appendAll(List.of(Map.of("path", "/a"), Map.of(
            column, value))));
        assertEquals(Reason.INVALID, refused.reason(), refused.getMessage());
        assertTrue(refused.getMessage().contains("cannot take column " + column + " of event 2"), refused.getMessage());
      });
      var violated = assertThrows(StoreException.class, () -> sink.append(Map.of("n", -1)));
      assertTrue(violated.constraintViolated(), violated.getMessage());
      assertEquals(List.of("0"), query("SELECT count() FROM typed"), "all or none");
    }
  }

  @Test
  void whatIsNotTheEventsFaultMayHelpItselfInTime() {
    try (ClickHouseSink nothing = sink("nothing").build();
        ClickHouseSink stranger = sink("made").user("writer", "guess")
            .build();
        ClickHouseSink friend = sink("made").createTable(View.class).user("writer", "secret").build()) {
      assertFalse(failure(nothing).permanent());
      assertTrue(failure(nothing).getMessage().contains("has no table " + database + ".nothing"));
      assertFalse(failure(stranger).permanent());
      assertTrue(failure(stranger).getMessage().contains("Authentication failed"), failure(stranger).getMessage());
      assertFalse(failure(stranger).getMessage().contains("guess"));
      friend.append(new View("/a", 1));
      assertEquals(List.of("/a"), query("SELECT path FROM made"));
    }
  }

  @Test
  void aServerThatIsAwayOrSilentIsNotWaitedForForever() {
    try (TcpLink link = TcpLink.to(ClickHouses.server().port());
        ClickHouseSink sink = ClickHouseSink.builder("http://127.0.0.1:" + link.port(), "away")
            .database(database)
            .createTable(View.class)
            .timeout(Duration.ofSeconds(5))
            .build()) {
      link.cut();
      assertEquals(Reason.FAILED, failure(sink).reason());
      link.heal();
      sink.append(new View("/a", 1));
      link.stall();
      assertEquals(Reason.FAILED, failure(sink).reason());
    }
  }

  private static StoreException failure(ClickHouseSink sink) {
    return assertThrows(StoreException.class, () -> sink.append(new View("/x", 1)));
  }

  @Test
  void refusesEventsOnceClosed() {
    ClickHouseSink sink = sink("closed").build();
    sink.close();
    assertEquals(Reason.CLOSED, failure(sink).reason());
  }
}
