package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.contract.EventSinkContract;
import dev.edge4j.data.testing.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL is an event sink whose rows can be asked with SQL, and in which no batch is twice. */
class PostgresEventSinkTest extends EventSinkContract {
  record Stored(long id, Instant at, String type, String body) {}

  private static final PostgresStore STORE = PostgresStore.on(Databases.create());

  private final ManualClock clock = new ManualClock();

  @AfterAll
  static void close() {
    STORE.database().close();
  }

  @Override
  protected EventSink open() {
    STORE.update("DROP TABLE IF EXISTS events, events_batch");
    return PostgresEventSink.on(STORE.database(), "events", clock);
  }

  @Override
  protected List<String> arrivedPaths() {
    boolean made = STORE.queryOne(Boolean.class, "SELECT to_regclass('events') IS NOT NULL").orElseThrow();
    return made ? STORE.query(String.class, "SELECT body ->> 'path' AS path FROM events ORDER BY id") : List.of();
  }

  @Test
  void keepsTimeTypeAndBody() {
    EventSink sink = open();
    sink.append(new PageView("/a", 7));
    sink.append(Map.of("type", "Click"));
    Instant now = Instant.ofEpochMilli(clock.millis());
    assertEquals(
        List.of(new Stored(1, now, "PageView", "{\"path\": \"/a\", \"millis\": 7}"),
            new Stored(2, now, "Click", "{\"type\": \"Click\"}")),
        STORE.query(Stored.class, "SELECT * FROM events ORDER BY id"));
  }

  @Test
  void aBatchOfTheSameTokenIsTakenOnce() {
    try (var sink = PostgresEventSink.on(STORE.database(), "events", clock)) {
      List<PageView> batch = List.of(new PageView("/a", 1), new PageView("/a", 1));
      sink.appendOnce("token", batch);
      sink.appendOnce("token", batch);
      assertEquals(2, arrivedPaths().size());
      sink.appendAll(batch);
      sink.appendAll(batch);
      assertEquals(6, arrivedPaths().size(), "two that are alike are two");
    }
  }

  @Test
  void fieldsBecomeColumns() {
    record Bought(String product, int priceCents, Optional<String> coupon, List<String> tags) {}
    STORE.update("DROP TABLE IF EXISTS sales, sales_batch");
    STORE.update(
        "CREATE TABLE sales (id bigint GENERATED ALWAYS AS IDENTITY, product text NOT NULL, price_cents integer,"
            + " coupon text, tags jsonb, shop text NOT NULL DEFAULT 'north')");
    try (var sink = PostgresEventSink.columns(STORE.database(), "sales")) {
      sink.appendAll(List.of(new Bought("tea", 450, Optional.empty(), List.of("a", "b")),
          Map.of("product", "cup", "shop", "south")));
      var unknown = assertThrows(IllegalArgumentException.class,
          () -> sink.appendAll(List.of(Map.of("product", "pot"), Map.of("colour", "blue"))));
      assertEquals(
          "event: field \"colour\" has no column in table sales (expected: one of [coupon, price_cents, product,"
              + " shop, tags])", unknown.getMessage());
    }
    assertEquals(List.of("tea 450 - [\"a\", \"b\"] north", "cup - - - south"), STORE.query(String.class,
        "SELECT concat_ws(' ', product, coalesce(price_cents::text, '-'), coalesce(coupon, '-'),"
            + " coalesce(tags::text, '-'), shop) FROM sales ORDER BY id"));
  }

  @Test
  void refusesATableNameThatIsNone() {
    assertThrows(IllegalArgumentException.class,
        () -> PostgresEventSink.on(STORE.database(), "events\"; DROP TABLE x; --"));
  }
}
