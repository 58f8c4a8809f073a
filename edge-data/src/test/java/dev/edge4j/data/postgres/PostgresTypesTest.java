package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.MappingException;
import dev.edge4j.data.StoreException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Java values and PostgreSQL's become each other, one at a time, in batches and by COPY. */
class PostgresTypesTest {
  enum Colour {
    GREEN, BLACK
  }

  record Everything(long id, Optional<Integer> small, double ratio, BigDecimal price, boolean sold, Colour colour,
      Colour paint, UUID code, byte[] picture, Instant at, Instant millis, LocalDate day, String tags, String about,
      Optional<String> note) {}

  private static final PostgresStore STORE = PostgresStore.on(Databases.create());
  private static final String INSERT = "INSERT INTO everything VALUES (:id, :small, :ratio, :price, :sold, :colour, :paint,"
      + " :code, :picture, :at, :millis, :day, :tags, :about, :note)";
  private static final Instant AT = Instant.parse("2026-01-31T12:00:00.123456Z");
  private static final UUID CODE = UUID.fromString("6f1c1b6e-0c43-4b0f-9d2c-0d6f0c0c6a11");

  @AfterAll
  static void close() {
    STORE.database().close();
  }

  @BeforeEach
  void create() {
    STORE.update("DROP TABLE IF EXISTS everything");
    STORE.update("DROP TYPE IF EXISTS paint");
    STORE.update("CREATE TYPE paint AS ENUM ('GREEN', 'BLACK')");
    STORE.update("CREATE TABLE everything (id bigint PRIMARY KEY, small integer, ratio double precision, price numeric,"
        + " sold boolean, colour text, paint paint, code uuid, picture bytea, at timestamptz, millis bigint, day date,"
        + " tags text[], about jsonb, note text)");
  }

  private static Map<String, Object> row(long id) {
    var row = new HashMap<String, Object>();
    row.put("id", id);
    row.put("small", Optional.of(7));
    row.put("ratio", 0.1);
    row.put("price", new BigDecimal("12345678901234567890.123"));
    row.put("sold", true);
    row.put("colour", Colour.GREEN);
    row.put("paint", Colour.BLACK);
    row.put("code", CODE);
    row.put("picture", new byte[]{0, -1, 92, 39});
    row.put("at", AT.plusNanos(999));
    row.put("millis", AT);
    row.put("day", LocalDate.of(2024, 2, 29));
    row.put("tags", "{tea,\"a b\"}");
    row.put("about", "{\"leaf\": [1, 2]}");
    row.put("note", Optional.empty());
    return row;
  }

  private static void check(long id) {
    Everything read = STORE.queryOne(Everything.class, "SELECT * FROM everything WHERE id = :id", Map.of("id", id))
        .orElseThrow();
    assertEquals(Optional.of(7), read.small());
    assertEquals(0.1, read.ratio());
    assertEquals(new BigDecimal("12345678901234567890.123"), read.price());
    assertTrue(read.sold());
    assertEquals(List.of(Colour.GREEN, Colour.BLACK), List.of(read.colour(), read.paint()));
    assertEquals(CODE, read.code());
    assertArrayEquals(new byte[]{0, -1, 92, 39}, read.picture());
    assertEquals(AT, read.at());
    assertEquals(Instant.ofEpochMilli(AT.toEpochMilli()), read.millis());
    assertEquals(LocalDate.of(2024, 2, 29), read.day());
    assertEquals("{tea,\"a b\"}", read.tags());
    assertEquals("{\"leaf\": [1, 2]}", read.about());
    assertEquals(Optional.empty(), read.note());
  }

  @Test
  void eachComesBackAsItWas() {
    for (int i = 0; i < 8; i++) { // from the fifth on the driver prepares at the server and reads binary
      assertEquals(1, STORE.update(INSERT, row(i)));
    }
    for (int i = 0; i < 8; i++) {
      check(i);
    }
    assertEquals(List.of(0L), STORE.query(Long.class,
        "SELECT id FROM everything WHERE at > :since AND millis > :since AND about ? 'leaf' AND id < :most",
        Map.of("since", AT.minusMillis(1), "most", 1)));
  }

  @Test
  void aBatchIsAllOrNothing() {
    assertEquals(3, STORE.batch(INSERT, List.of(row(1), row(2), row(3))));
    check(3);
    var duplicate = assertThrows(StoreException.class, () -> STORE.batch(INSERT, List.of(row(4), row(1))));
    assertTrue(duplicate.constraintViolated());
    assertEquals(0, STORE.batch(INSERT, List.of()));
    assertEquals(Optional.of(3L), STORE.queryOne(Long.class, "SELECT count(*) FROM everything"));
  }

  @Test
  void manyRowsGoInByCopy() {
    List<String> columns = List.of("id", "small", "ratio", "price", "sold", "colour", "paint", "code", "picture", "at",
        "millis", "day", "tags", "about", "note");
    assertEquals(5_000, STORE.copyIn("Everything", columns, IntStream.range(0, 5_000)
        .mapToObj(i -> columns.stream().map(row(i)::get).toList())
        .toList()));
    check(4_999);
    String hard = "tab\t line\n return\r back\\slash \\N 'q' 🔑";
    assertEquals(1, STORE.copyIn("everything", List.of("id", "note"), List.of(List.of(9_999, hard))));
    assertEquals(Optional.of(hard), STORE.queryOne(String.class, "SELECT note FROM everything WHERE id = 9999"));
  }

  @Test
  void aCopyIsAllOrNothing() {
    assertThrows(StoreException.class,
        () -> STORE.copyIn("everything", List.of("id"), List.of(List.of(1), List.of(1))));
    assertThrows(IllegalArgumentException.class,
        () -> STORE.copyIn("everything", List.of("id", "note"), List.of(List.of(1, "a"), List.of(2))));
    assertThrows(IllegalArgumentException.class,
        () -> STORE.copyIn("everything\" (id) FROM STDIN; --", List.of("id"), List.of(List.of(1))));
    assertThrows(IllegalStateException.class, () -> STORE.copyIn("everything", List.of("id"), () -> {
      throw new IllegalStateException("the rows are broken");
    }));
    assertEquals(Optional.of(0L), STORE.queryOne(Long.class, "SELECT count(*) FROM everything"));
  }

  @Test
  void whatDoesNotFitIsNamed() {
    STORE.update(INSERT, row(1));
    record Wrong(long id, int note) {}
    var empty = assertThrows(MappingException.class, () -> STORE.query(Wrong.class, "SELECT id, note FROM everything"));
    assertTrue(empty.getMessage().contains("Wrong.note") && empty.getMessage().contains("NULL"), empty.getMessage());
    record Day(Instant day) {}
    assertThrows(MappingException.class, () -> STORE.query(Day.class, "SELECT day FROM everything"));
  }

  @Test
  void aQueryOnlyReads() {
    var refused = assertThrows(StoreException.class,
        () -> STORE.query(Long.class, "INSERT INTO everything (id) VALUES (1) RETURNING id"));
    assertTrue(refused.getMessage().contains("query() only reads"), refused.getMessage());
    assertThrows(StoreException.class,
        () -> STORE.query(Long.class, "WITH a AS (DELETE FROM everything RETURNING id) SELECT id FROM a"));
    assertEquals(Optional.of(5L), STORE.transaction(
        tx -> tx.queryOne(Long.class, "INSERT INTO everything (id) VALUES (5) RETURNING id")));
    assertEquals(1, STORE.update("INSERT INTO everything (id) VALUES (6) RETURNING id"));
    assertThrows(IllegalArgumentException.class, () -> STORE.update("COMMIT"));
  }

  @Test
  void rowsAreFetchedAsTheyAreWanted() {
    STORE.update("INSERT INTO everything (id) SELECT generate_series(1, 5000)");
    var states = new ArrayList<String>();
    var seen = new ArrayList<Long>();
    long count = STORE.forEach(Long.class, "SELECT id FROM everything ORDER BY id", Map.of(), id -> {
      if (seen.isEmpty()) {
        states.addAll(STORE.query(String.class, "SELECT state FROM pg_stat_activity WHERE datname = current_database()"
            + " AND query LIKE 'SELECT id FROM everything ORDER BY%'"));
        STORE.update("DELETE FROM everything WHERE id > 4000");
      }
      seen.add(id);
    });
    assertEquals(List.of("idle in transaction"), states, "the server waits to be asked for more");
    assertEquals(5_000, count, "the rows are of one moment");
    assertEquals(IntStream.rangeClosed(1, 5_000).mapToObj(Long::valueOf).toList(), seen);
  }

  @Test
  void aTransactionThatHidesAFailureIsNotCommitted() {
    var failure = assertThrows(StoreException.class, () -> STORE.transaction(tx -> {
      tx.update("INSERT INTO everything (id) VALUES (1)");
      assertThrows(StoreException.class, () -> tx.update("INSERT INTO everything (id) VALUES (1)"));
      return Arrays.asList("all is well");
    }));
    assertTrue(failure.constraintViolated(), failure.getMessage());
    assertEquals(Optional.of(0L), STORE.queryOne(Long.class, "SELECT count(*) FROM everything"));
  }
}
