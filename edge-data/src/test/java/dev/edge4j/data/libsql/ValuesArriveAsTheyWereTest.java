package dev.edge4j.data.libsql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.DataException;
import dev.edge4j.data.MappingException;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of a record goes to sqld and comes back, row for row; what cannot cross is refused, and so is a query that writes. */
class ValuesArriveAsTheyWereTest {
  record Everything(long big, int small, double real, boolean flag, String text, Instant at, LocalDate day,
      BigDecimal price, UUID id, TimeUnit unit, Optional<String> missing) {}

  private final LibsqlStore store = LibsqlStore.of(Engines.sqld().url());

  @BeforeEach
  void emptyTable() {
    store.update("DROP TABLE IF EXISTS everything");
    store.update("CREATE TABLE everything (big INTEGER, small INTEGER, real REAL, flag INTEGER, text TEXT, at INTEGER,"
        + " day TEXT, price TEXT, id TEXT, unit TEXT, missing TEXT, blob BLOB)");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyTypeOfARecord() {
    var row = new Everything(Long.MIN_VALUE, -7, 0.1 + 0.2, true, "'\"\\ \u0001 🔑", Instant.ofEpochMilli(
        1_700_000_000_123L), LocalDate.of(2026, 11, 28), new BigDecimal("19.90"), UUID.randomUUID(), TimeUnit.DAYS,
        Optional.empty());
    byte[] blob = {0, -1, 127, -128};
    assertEquals(1, store.update(
        "INSERT INTO everything VALUES (:big, :small, :real, :flag, :text, :at, :day, :price, :id, :unit, :missing, :blob)",
        Map.ofEntries(Map.entry("big", row.big()), Map.entry("small", row.small()), Map.entry("real", row.real()), Map
            .entry("flag", row.flag()), Map.entry("text", row.text()), Map.entry("at", row.at()), Map.entry("day", row
                .day()), Map.entry("price", row.price()), Map.entry("id", row.id()), Map.entry("unit", row.unit()), Map
                    .entry("missing", row.missing()), Map.entry("blob", blob))));
    assertEquals(List.of(row), store.query(Everything.class, "SELECT * FROM everything"));
    assertArrayEquals(blob, store.queryOne(byte[].class, "SELECT blob FROM everything").orElseThrow());
    assertArrayEquals(new byte[0], store.queryOne(byte[].class, "SELECT x''").orElseThrow());
    assertEquals(Optional.of(-1.0), store.queryOne(Double.class, "SELECT -1.0"));
    assertEquals(Optional.of(Double.MAX_VALUE), store.queryOne(Double.class, "SELECT :d", Map.of("d",
        Double.MAX_VALUE)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNumberThatJsonHasNotIsRefused(double number) {
    var refused = assertThrows(MappingException.class, () -> store.update("INSERT INTO everything (real) VALUES (:x)",
        Map.of("x", number)));
    assertTrue(refused.getMessage().contains(":x: " + number), refused.getMessage());
    var read = assertThrows(MappingException.class, () -> store.query(Double.class, "SELECT 9e999 AS far"));
    assertTrue(read.getMessage().contains("column far: an infinity"), read.getMessage());
    assertEquals(Optional.of("Inf"), store.queryOne(String.class, "SELECT CAST(9e999 AS TEXT)"));
  }

  @Test
  void rowsComeOneByOneThroughACursor() {
    store.update("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
        + " INSERT INTO everything (big) SELECT i FROM n");
    var seen = new ArrayList<Long>();
    assertEquals(5000, store.forEach(Long.class, "SELECT big FROM everything WHERE big <= :most ORDER BY big", Map.of(
        "most", 5000), seen::add));
    assertEquals(5000, seen.getLast());
    assertEquals(5000, seen.size());
    var stop = new IllegalStateException("enough");
    assertEquals(stop, assertThrows(IllegalStateException.class, () -> store.forEach(Long.class,
        "SELECT big FROM everything", Map.of(), _ -> {
          throw stop;
        })));
    var half = new ArrayList<Long>();
    var broken = assertThrows(StoreException.class, () -> store.forEach(Long.class,
        "SELECT CASE WHEN big < 3000 THEN big ELSE abs(-9223372036854775807 - 1) END AS n FROM everything",
        Map.of(), half::add));
    assertTrue(broken.getMessage().contains("integer overflow"), broken.getMessage());
    assertEquals(2999, half.size());
    assertThrows(StoreException.class, () -> store.forEach(Long.class, "SELECT x FROM nowhere", Map.of(), half::add));
    assertEquals(0, store.forEach(Long.class, "SELECT big FROM everything WHERE big < 0", Map.of(), half::add));
  }

  @Test
  void anAnswerThatIsTooLargeIsNotReadToItsEnd() {
    LibsqlOptions small = LibsqlOptions.defaults().withMaxAnswerBytes(100_000);
    try (LibsqlStore careful = LibsqlStore.of(Engines.sqld().url(), small)) {
      var tooLarge = assertThrows(StoreException.class, () -> careful.query(String.class,
          "SELECT hex(zeroblob(200000))"));
      assertTrue(tooLarge.getMessage().contains("larger than 100000 bytes"), tooLarge.getMessage());
      assertEquals(Optional.of(1L), careful.queryOne(Long.class, "SELECT 1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "INSERT INTO everything (big) VALUES (1) RETURNING big",
      "WITH n AS (SELECT 1 AS i) INSERT INTO everything (big) SELECT i FROM n RETURNING big",
      "/* SELECT */ DELETE FROM everything",
      "SELECT 1; DELETE FROM everything"})
  void aQueryOnlyReads(String sql) {
    store.update("INSERT INTO everything (big) VALUES (7)");
    assertThrows(StoreException.class, () -> store.query(Long.class, sql));
    assertThrows(StoreException.class, () -> store.forEach(Long.class, sql, Map.of(), _ -> {}));
    assertEquals(List.of(7L), store.query(Long.class, "WITH n AS (SELECT big FROM everything) SELECT big FROM n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEGIN", " -- now\n commit", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "END"})
  void whatBeginsOrEndsATransactionIsRefused(String sql) {
    assertThrows(StoreException.class, () -> store.update(sql));
    assertThrows(StoreException.class, () -> store.transaction(tx -> tx.update(sql)));
    assertThrows(StoreException.class, () -> store.batch(List.of(new LibsqlStore.Change(sql, Map.of()))));
  }

  @Test
  void anAddressIsCheckedAndATokenNeverShown() {
    for (String wrong : List.of("", "127.0.0.1:8080", "ws://host", "http://", "http://u:secret@host",
        "libsql://host?authToken=secret")) {
      var refused = assertThrows(IllegalArgumentException.class, () -> LibsqlStore.of(wrong));
      assertTrue(!String.valueOf(refused.getMessage()).contains("secret"), refused.getMessage());
    }
    assertEquals("https://name.example.com", LibsqlUrl.parse("libsql://name.example.com/").toString());
  }

  @Test
  void aClosedStoreSaysSo() {
    store.close();
    DataException closed = assertThrows(StoreException.class, () -> store.query(Long.class, "SELECT 1"));
    assertTrue(closed.getMessage().contains("closed"), closed.getMessage());
  }
}
