package dev.edge4j.data.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** PostgreSQL's text becomes what SQLite can sort, and comes back as the same value. */
class ColumnTypeTest {
  private static final int NUMERIC = 1700;

  @Test
  void numericOfEighteenDigitsIsAnIntegerAndOfMoreIsText() {
    assertEquals(new ColumnType.Scaled(2), ColumnType.of(NUMERIC, modifier(18, 2)));
    assertEquals(new ColumnType.Large(), ColumnType.of(NUMERIC, modifier(19, 2)));
    assertEquals(new ColumnType.Large(), ColumnType.of(NUMERIC, -1));
    assertEquals(new ColumnType.Scaled(0), ColumnType.of(NUMERIC, modifier(10, -3)));
    assertEquals(new ColumnType.Large(), ColumnType.of(NUMERIC, modifier(16, -3)));
    assertEquals(new ColumnType.Scaled(5), ColumnType.of(NUMERIC, modifier(2, 5)));
  }

  @Property(tries = 300)
  void scaledNumbersComeBack(
      @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long digits,
      @ForAll @IntRange(min = 0, max = 18) int scale) {
    var type = new ColumnType.Scaled(scale);
    BigDecimal number = BigDecimal.valueOf(digits, scale);
    Object stored = type.stored(number.toPlainString());
    assertEquals(digits, stored);
    assertEquals(stored, type.stored(Rows.of(number.toPlainString()).value(0)), "from the bytes of a message");
    assertEquals(number, type.read(stored));
    assertEquals(Optional.of(type), ColumnType.declaredAs(type.declared()));
  }

  @Property(tries = 300)
  void momentsComeBack(@ForAll @LongRange(min = -62_135_596_800_000_000L, max = 253_402_300_799_999_999L) long micros) {
    Instant instant = Micros.instant(micros);
    String text = instant.toString().replace('T', ' ').replace("Z", "+00");
    assertEquals(micros, new ColumnType.Moment().stored(text));
    assertEquals(micros, new ColumnType.Moment().stored(Rows.of(text).value(0)), "from the bytes of a message");
    assertEquals(micros, Micros.of(instant));
  }

  @Test
  void momentsBeforeChristAndWithoutEnd() {
    var type = new ColumnType.Moment();
    assertEquals(Instant.parse("-0043-03-15T12:00:00Z"), type.read(type.stored("0044-03-15 12:00:00+00 BC")));
    assertEquals(Instant.parse("+12345-01-01T00:00:00Z"), type.read(type.stored("12345-01-01 00:00:00")));
    assertEquals("-infinity", type.stored("-infinity"));
    assertThrows(IllegalArgumentException.class, () -> type.stored("2026-01-31 12:00:00+02"), "another time zone");
  }

  @Test
  void theOthersFromTheBytesOfAMessage() {
    Row row = Rows.of("-9223372036854775808", "t", "\\x00ff", "-1.5e-300", "NaN", "infinity", "ä🍵", "");
    assertEquals(Long.MIN_VALUE, new ColumnType.Whole().stored(row.value(0)));
    assertEquals(1L, new ColumnType.Flag().stored(row.value(1)));
    assertArrayEquals(new byte[]{0, (byte) 255}, (byte[]) new ColumnType.Bytes().stored(row.value(2)));
    assertEquals(-1.5e-300, new ColumnType.Real().stored(row.value(3)));
    assertEquals("NaN", new ColumnType.Scaled(2).stored(row.value(4)));
    assertEquals("NaN", new ColumnType.Real().stored(row.value(4)));
    assertEquals("infinity", new ColumnType.Moment().stored(row.value(5)));
    assertEquals("ä🍵", new ColumnType.Text().stored(row.value(6)));
    assertEquals("", row.text(7));
  }

  @Test
  void numbersAndTimesThatAreNoneAreRefused() {
    for (String wrong : java.util.List.of("1..5", "1.x5", "--1.25", "12,50", ".", "99999999999999999999.99")) {
      assertThrows(ArithmeticException.class, () -> refused(new ColumnType.Scaled(2), wrong), wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> new ColumnType.Moment().stored("2026-01-31 12:00:00+0x"));
    assertThrows(IllegalArgumentException.class, () -> new ColumnType.Whole().stored("1x"));
  }

  /** BigDecimal tells of letters and of size in two ways. */
  private static void refused(ColumnType type, String text) {
    try {
      type.stored(text);
    } catch (NumberFormatException e) {
      throw new ArithmeticException(e.getMessage());
    }
  }

  @Test
  void theOthers() {
    assertEquals(1L, new ColumnType.Flag().stored("t"));
    assertEquals(false, new ColumnType.Flag().read(0));
    assertArrayEquals(new byte[]{0, (byte) 255}, (byte[]) new ColumnType.Bytes().stored("\\x00ff"));
    assertEquals(0.1, new ColumnType.Real().stored("0.1"));
    assertEquals(Double.NEGATIVE_INFINITY, new ColumnType.Real().stored("-Infinity"));
    assertEquals(Double.NaN, new ColumnType.Real().read(new ColumnType.Real().stored("NaN")));
    assertEquals("NaN", new ColumnType.Scaled(2).stored("NaN"));
    assertEquals(new BigDecimal("12345678901234567890.5"), new ColumnType.Large().read("12345678901234567890.5"));
    assertEquals("Infinity", new ColumnType.Large().read("Infinity"));
  }

  private static int modifier(int precision, int scale) {
    return ((precision << 16) | (scale & 0x7ff)) + 4;
  }
}
