package dev.edge4j.data.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.data.MappingException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A row becomes a record, or an error that names record and column. */
class RecordMapperTest {
  enum Color {
    RED, GREEN
  }

  record Everything(long id, int count, double weight, boolean active, String name, Instant createdAt, LocalDate bestBy,
      BigDecimal price, UUID key, Color color, byte[] image, Optional<Long> parent, Optional<String> note,
      @Nullable String comment) {}

  record Even(int number) {
    Even {
      if (number % 2 != 0) {
        throw new IllegalArgumentException(number + " is odd");
      }
    }
  }

  record One(long id) {}

  record Unreadable(Thread thread) {}

  @Test
  void readsEveryType() {
    List<String> columns = List.of("COMMENT", "note", "parent", "image", "color", "key", "price", "best_by",
        "CreatedAt",
        "name", "active", "weight", "count", "id", "not_asked_for");
    @Nullable
    Object[] row = {null, "n", null, new byte[]{7}, "GREEN", "00000000-0000-0001-0000-000000000002", "12.30",
        "2026-01-31", 1_000L, "tea", 1, 2.5, 3, 4, "x"};
    Everything read = RecordMapper.of(Everything.class).bind(columns).map(row);
    assertEquals(new Everything(4, 3, 2.5, true, "tea", Instant.ofEpochSecond(1), LocalDate.of(2026, 1, 31),
        new BigDecimal("12.30"), new UUID(1, 2), Color.GREEN, read.image(), Optional.empty(), Optional.of("n"), null),
        read);
    assertArrayEquals(new byte[]{7}, read.image());
  }

  @Test
  void readsInstantsInThreeForms() {
    var expected = Instant.parse("2026-01-31T12:00:00Z");
    for (Object value : List.of(expected.toEpochMilli(), "2026-01-31T12:00:00Z", "2026-01-31 12:00:00")) {
      assertEquals(expected, RecordMapper.of(Instant.class).bind(List.of("at")).map(new Object[]{value}));
    }
  }

  @Test
  void readsASingleColumn() {
    assertEquals(7, RecordMapper.of(int.class).bind(List.of("n")).map(new Object[]{7L}));
    assertEquals("Long: columns [a, b] (expected: one, or a record)",
        error(() -> RecordMapper.of(Long.class).bind(List.of("a", "b"))));
  }

  @Test
  void namesAComponentWithoutAColumn() {
    assertEquals("One.id has no column (columns: [ident, name])",
        error(() -> RecordMapper.of(One.class).bind(List.of("ident", "name"))));
  }

  @Test
  void refusesTwoColumnsForOneComponent() {
    assertEquals("One.id: columns id and ID both fit (expected: one; rename the other with AS)",
        error(() -> RecordMapper.of(One.class).bind(List.of("id", "ID"))));
  }

  @Test
  void namesWhatDoesNotFit() {
    assertEquals("One.id, column id: tea (String) (expected: long)", convert(One.class, "tea"));
    assertEquals("One.id, column id: NULL (expected: long; Optional if it may be NULL)", convert(One.class, null));
    assertEquals("One.id, column id: 2.5 (Double) (expected: long)", convert(One.class, 2.5));
    assertEquals("Integer, column id: 3000000000 (Long) (expected: Integer)", convert(Integer.class, 3_000_000_000L));
    assertEquals("Boolean, column id: 2 (Integer) (expected: Boolean)", convert(Boolean.class, 2));
    assertEquals("LocalDate, column id: yesterday (String) (expected: LocalDate)", convert(LocalDate.class,
        "yesterday"));
    assertEquals("Color, column id: BLUE (String) (expected: one of [RED, GREEN])", convert(Color.class, "BLUE"));
    assertEquals("String, column id: 2 bytes (byte[]) (expected: String)", convert(String.class, new byte[2]));
  }

  @Test
  void saysThatARecordRefusesARow() {
    String error = error(() -> RecordMapper.of(Even.class).bind(List.of("number")).map(new Object[]{3}));
    assertTrue(error.contains("Even refuses a row") && error.contains("3 is odd"), error);
  }

  @Test
  void refusesTypesThatNoColumnHas() {
    assertTrue(error(() -> RecordMapper.of(Unreadable.class)).startsWith("Unreadable.thread: java.lang.Thread cannot"));
  }

  private static String convert(Class<?> type, @Nullable Object value) {
    return error(() -> RecordMapper.of(type).bind(List.of("id")).map(new @Nullable Object[]{value}));
  }

  private static String error(Executable code) {
    return assertThrows(MappingException.class, code).getMessage();
  }
}
