package dev.edge4j.data.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Conflict;
import dev.edge4j.Deadline;
import dev.edge4j.HttpError;
import dev.edge4j.data.MappingException;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.env.Secret;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service answers who has its token, by what was registered, within its limits; and what it says arrives as it was. */
@Timeout(60)
class OnlyWhatIsRegisteredIsServedTest {
  record Everything(long big, int small, double real, boolean flag, String text, Instant at, LocalDate day,
      BigDecimal price, UUID id, TimeUnit unit, Optional<String> missing) {}

  record Order(long product, int pieces) {}

  record Placed(long id, List<Order> lines) {}

  private static final Secret TOKEN = Secret.of("the-token-of-the-edge");
  private static final OriginOperation<Order, Placed> PLACE = OriginOperation.named("orders.place", Order.class,
      Placed.class);

  private final SqliteStore rows;
  private final App service;
  private final Server server;
  private final OriginStore store;

  OnlyWhatIsRegisteredIsServedTest(@TempDir Path folder) {
    rows = SqliteStore.open(folder.resolve("origin.db"));
    rows.update("CREATE TABLE everything (big INTEGER, small INTEGER, real REAL, flag INTEGER, text TEXT, at INTEGER,"
        + " day TEXT, price TEXT, id TEXT, unit TEXT, missing TEXT, blob BLOB)");
    rows.update("CREATE TABLE orders (id INTEGER PRIMARY KEY, product INTEGER NOT NULL, pieces INTEGER NOT NULL)");
    service = OriginService.over(rows)
        .token(Secret.of("the-token-of-last-year"))
        .token(TOKEN)
        .query("everything", Everything.class, "SELECT * FROM everything")
        .query("blobs", byte[].class, "SELECT blob FROM everything")
        .query("orders", Long.class, "SELECT id FROM orders")
        .query("numbers", Long.class, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
            + " SELECT i FROM n")
        .update("everything.add",
            "INSERT INTO everything VALUES (:big, :small, :real, :flag, :text, :at, :day, :price, :id, :unit, :missing, :blob)")
        .operation(PLACE, (tx, order) -> {
          tx.update("INSERT INTO orders (product, pieces) VALUES (:product, :pieces)", Map.of("product", order
              .product(), "pieces", order.pieces()));
          if (order.pieces() > 100) {
            throw new Conflict("only 100 pieces are left");
          }
          if (order.pieces() < 0) {
            throw new IllegalStateException("a bug, and the secret of the origin");
          }
          return new Placed(tx.queryOne(Long.class, "SELECT max(id) FROM orders").orElseThrow(), List.of(order));
        })
        .maxRows(1_000)
        .maxBodyBytes(10_000)
        .build()
        .app();
    var app = new App();
    app.mount("/data", service);
    server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
    store = OriginStore.of(url(), TOKEN);
  }

  private String url() {
    return "http://127.0.0.1:" + server.port() + "/data";
  }

  @AfterEach
  void end() {
    store.close();
    server.close();
    rows.close();
  }

  @Test
  void everyTypeCrosses() {
    var row = new Everything(Long.MIN_VALUE, -7, 0.1 + 0.2, true, "'\"\\ \u0001 🔑", Instant.ofEpochMilli(
        1_700_000_000_123L), LocalDate.of(2026, 11, 28), new BigDecimal("19.90"), UUID.randomUUID(), TimeUnit.DAYS,
        Optional.empty());
    byte[] blob = {0, -1, 127, -128};
    assertEquals(1, store.update("everything.add", Map.ofEntries(Map.entry("big", row.big()), Map.entry("small", row
        .small()), Map.entry("real", row.real()), Map.entry("flag", row.flag()), Map.entry("text", row.text()), Map
            .entry("at", row.at()), Map.entry("day", row.day()), Map.entry("price", row.price()), Map.entry("id", row
                .id()), Map.entry("unit", row.unit()), Map.entry("missing", row.missing()), Map.entry("blob", blob))));
    assertEquals(List.of(row), store.query(Everything.class, "everything"));
    assertEquals(List.of(row), rows.query(Everything.class, "SELECT * FROM everything"));
    assertArrayEquals(blob, store.queryOne(byte[].class, "blobs").orElseThrow());
    assertEquals(List.of(row), store.query(Everything.class, "SELECT * FROM everything"),
        "by its text, letter for letter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "SELECT 1", "SELECT * FROM everything ", "everything.add", "orders.place",
      "DROP TABLE everything"})
  void whatIsNotRegisteredIsNotRun(String statement) {
    var refused = assertThrows(StoreException.class, () -> store.query(Long.class, statement));
    assertTrue(refused.getMessage().contains("registered"), refused.getMessage());
    if (!statement.equals("everything.add")) {
      assertThrows(StoreException.class, () -> store.update(statement));
    }
    assertThrows(StoreException.class, () -> store.call(OriginOperation.named("everything", Long.class, Long.class),
        1L));
  }

  @Test
  void anOperationSaysNoInItsOwnWords() {
    assertEquals(new Placed(1, List.of(new Order(7, 2))), store.call(PLACE, new Order(7, 2)));
    HttpError soldOut = assertThrows(HttpError.class, () -> store.call(PLACE, new Order(7, 101)));
    assertEquals(409, soldOut.status());
    assertEquals("only 100 pieces are left", soldOut.detail());
    var bug = assertThrows(StoreException.class, () -> store.call(PLACE, new Order(7, -1)));
    assertFalse(bug.getMessage().contains("secret"), bug.getMessage());
    assertEquals(List.of(1L), store.query(Long.class, "orders"), "what threw left nothing");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    var missing = assertThrows(MappingException.class, () -> store.query(Long.class, "numbers"));
    assertTrue(missing.getMessage().contains(":most"), missing.getMessage());
    var many = assertThrows(StoreException.class, () -> store.query(Long.class, "numbers", Map.of("most", 1_001)));
    assertTrue(many.getMessage().contains("1001 rows"), many.getMessage());
    assertEquals(1_000, store.query(Long.class, "numbers", Map.of("most", 1_000)).size());
    var unfit = assertThrows(MappingException.class, () -> store.call(OriginOperation.named("orders.place", Map.class,
        Placed.class), Map.of("product", "x", "pieces", 1)));
    assertTrue(unfit.getMessage().contains("argument.product"), unfit.getMessage());
    var result = assertThrows(MappingException.class, () -> store.call(OriginOperation.named("orders.place",
        Order.class, Order.class), new Order(7, 1)));
    assertTrue(result.getMessage().contains("the result of orders.place"), result.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"statement\":7,\"args\":{}}", "{\"statement\":\"orders\"}",
      "{\"statement\":\"orders\",\"args\":{\"a\":{\"instant\":\"x\"}}}",
      "{\"statement\":\"orders\",\"args\":{\"a\":{\"decimal\":\"1E999999999\"}}}",
      "{\"statement\":\"orders\",\"args\":{\"a\":{\"bytes\":\"%\"}}}",
      "{\"statement\":\"orders\",\"args\":{\"a\":[1]}}", "{", ""})
  void whatIsNoCallIsRefused(String json) {
    Response refused = service.request(call("/query", json).withHeader("Authorization", "Bearer " + TOKEN.reveal()));
    assertTrue(refused.status() >= 400 && refused.status() < 500, refused.status() + " " + refused.text());
  }

  private static Request call(String path, String json) {
    return Request.post(path).withJson(json);
  }

  @Test
  void onlyATokenOpensIt() {
    for (String wrong : List.of("the-token-of-nobody", TOKEN.reveal() + "x")) {
      try (OriginStore stranger = OriginStore.of(url(), Secret.of(wrong))) {
        var refused = assertThrows(StoreException.class, () -> stranger.query(Long.class, "orders"));
        assertTrue(refused.getMessage().contains("status 401"), refused.getMessage());
      }
    }
    assertEquals(401, service.request(call("/query", "{\"statement\":\"orders\",\"args\":{}}")).status());
    try (OriginStore old = OriginStore.of(url(), Secret.of("the-token-of-last-year"))) {
      assertEquals(List.of(), old.query(Long.class, "orders"));
    }
    assertThrows(IllegalArgumentException.class, () -> OriginService.over(rows).build());
    assertThrows(IllegalArgumentException.class, () -> OriginService.over(rows).token(Secret.of("short")).build());
  }

  @Test
  void aBodyHasALimit() {
    var large = assertThrows(StoreException.class, () -> store.query(Long.class, "numbers", Map.of("most", "x".repeat(
        20_000))));
    assertTrue(large.getMessage().contains("413"), large.getMessage());
  }

  @Test
  void whatNobodyWaitsForIsNotBegun() {
    Response late = service.request(call("/call",
        "{\"operation\":\"orders.place\",\"argument\":{\"product\":7,\"pieces\":1}}").withHeader("Authorization",
            "Bearer " + TOKEN.reveal())
        .withHeader(Deadline.HEADER, "0"));
    assertEquals(504, late.status());
    assertEquals(List.of(), store.query(Long.class, "orders"));
  }

  @Test
  void namesAreCheckedAndRegisteredOnce() {
    assertThrows(IllegalArgumentException.class, () -> OriginService.over(rows).query("a b", Long.class, "SELECT 1"));
    assertThrows(IllegalArgumentException.class, () -> OriginService.over(rows)
        .query("a", Long.class, "SELECT 1")
        .query("a", Long.class, "SELECT 2"));
    assertThrows(IllegalArgumentException.class, () -> OriginOperation.named("", Long.class, Long.class));
  }
}
