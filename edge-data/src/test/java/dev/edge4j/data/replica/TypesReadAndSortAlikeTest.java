package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.testing.Engines;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sorts and compares at the origin sorts and compares alike in the copy, and is read as the same values. */
class TypesReadAndSortAlikeTest {
  enum Mood {
    GOOD,
    BAD
  }

  record Everything(int id, BigDecimal price, Optional<BigDecimal> huge, Instant at, Instant plain, LocalDate day,
      boolean flag, UUID code,
      Mood mood, double ratio, byte[] picture, String tags, String doc, String word, int small) {}

  private static final String TABLE = """
      CREATE TABLE everything (id int PRIMARY KEY, price positive NOT NULL, huge numeric, at timestamptz NOT NULL, plain timestamp NOT NULL,
        day date NOT NULL, flag boolean NOT NULL, code uuid NOT NULL, mood mood NOT NULL, ratio double precision NOT NULL,
        picture bytea NOT NULL, tags text[] NOT NULL, doc jsonb NOT NULL, word varchar(20) NOT NULL, small smallint NOT NULL,
        span interval NOT NULL DEFAULT '1 day 2 hours', twice int GENERATED ALWAYS AS (id * 2) STORED)""";

  private final OriginDatabase origin = new OriginDatabase(Engines.database());
  private final SqliteReplica replica;

  TypesReadAndSortAlikeTest(@TempDir Path folder) {
    origin.run("CREATE TYPE mood AS ENUM ('GOOD', 'BAD')",
        "CREATE DOMAIN positive AS numeric(12,2) CHECK (VALUE > -1000000)", TABLE);
    row(1, "4.50", "'123456789012345678901234567890.123'", "2026-01-31 12:00:00.000001+02", "0.1");
    replica = SqliteReplica.of(origin.url()).tables("everything").into(folder.resolve("types.db"));
    row(2, "-4.50", "NULL", "1969-12-31 23:59:59.999999+00", "-1e300");
    row(3, "100", "'NaN'", "2026-01-31 10:00:00.000002+00", "'NaN'");
    row(4, "99.99", "0.1", "0044-03-15 12:00:00+00 BC", "'Infinity'");
    row(5, "9.999", "1", "9999-12-31 23:59:59+00", "5");
    Await.caughtUp(replica, origin);
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Test
  void isReadAsTheSameValues() {
    Everything first = replica.queryOne(Everything.class, "SELECT * FROM everything WHERE id = 1").orElseThrow();
    assertEquals(new BigDecimal("4.50"), first.price());
    assertEquals(Optional.of(new BigDecimal("123456789012345678901234567890.123")), first.huge());
    assertEquals(Instant.parse("2026-01-31T10:00:00.000001Z"), first.at());
    assertEquals(Instant.parse("2026-02-03T04:05:06.789Z"), first.plain());
    assertEquals(LocalDate.of(2026, 2, 3), first.day());
    assertTrue(first.flag());
    assertEquals(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), first.code());
    assertEquals(Mood.BAD, first.mood());
    assertEquals(0.1, first.ratio());
    assertArrayEquals(new byte[]{0, '\\', (byte) 255}, first.picture());
    assertEquals("{a,\"b c\"}", first.tags());
    assertEquals("{\"k\": [1, null]}", first.doc());
    assertEquals(-7, first.small());
    assertEquals(Double.NaN, replica.queryOne(Double.class, "SELECT ratio FROM everything WHERE id = 3").orElseThrow());
    assertEquals("P1DT2H", replica.queryOne(String.class, "SELECT span FROM everything WHERE id = 1").orElseThrow());
  }

  @Test
  void sortsAlike() {
    for (String column : List.of("price", "at", "plain", "day", "flag", "code", "ratio", "picture", "small")) {
      String sql = "SELECT id FROM everything ORDER BY " + column + ", id";
      assertEquals(origin.rows(sql), replica.query(String.class, sql.replace("SELECT id", "SELECT id || ''")), column);
    }
  }

  @Test
  void argumentsMeetWhatTheyAreComparedWith() {
    assertEquals(List.of(3L, 4L), ids("price > :p", Map.of("p", 50)));
    assertEquals(List.of(3L), ids("price >= :p", Map.of("p", new BigDecimal("99.995"))),
        "between two values of the column");
    assertEquals(List.of(1L, 2L), ids("price IN (:a, :b)", Map.of("a", new BigDecimal("4.5"), "b", -4.5)));
    assertEquals(List.of(3L), ids("everything.at BETWEEN :a AND :b", Map.of("a", Instant.parse(
        "2026-01-31T10:00:00.000002Z"), "b", Instant
            .parse("2026-02-01T00:00:00Z"))));
    assertEquals(List.of(1L), ids("flag = :f AND code = :c AND id < :i", Map.of("f", true, "c", UUID.fromString(
        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), "i", 2)));
  }

  @Test
  void whatWouldBeWrongIsLeftForTheOrigin() {
    assertThrows(StoreException.class, () -> replica.query(BigDecimal.class, "SELECT max(price) FROM everything"));
    assertThrows(StoreException.class, () -> replica.query(Long.class, "SELECT id FROM everything WHERE price > 4"));
    assertThrows(StoreException.class, () -> replica.query(Long.class, "SELECT id FROM everything WHERE abs(id) > :p",
        Map.of("p",
            BigDecimal.ONE)));
  }

  private List<Long> ids(String where, Map<String, ?> args) {
    return replica.query(Long.class, "SELECT id FROM everything WHERE " + where + " ORDER BY id", args);
  }

  private void row(int id, String price, String huge, String at, String ratio) {
    origin.run("INSERT INTO everything VALUES (" + id + ", " + price + ", " + huge + ", '" + at
        + "', '2026-02-03 04:05:06.789', '2026-02-03', "
        + (id % 2 == 1) + ", 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'BAD', " + ratio
        + ", '\\x005cff', '{a,b c}', '{\"k\":[1,null]}', 'w', "
        + (id - 8) + ")");
  }
}
