package dev.edge4j.data.postgres;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows in the text form of COPY (manual, the COPY command): a tab between columns, a line for a row. Not safe for several threads. */
final class CopyText {
  private final StringBuilder text = new StringBuilder();

  /** Adds a value of the current row; {@code millis} says that the column is a bigint. */
  void value(boolean first, @Nullable Object value, boolean millis) {
    if (!first) {
      text.append('\t');
    }
    append(value, millis);
  }

  void endRow() {
    text.append('\n');
  }

  int length() {
    return text.length();
  }

  /** What has been added since the last call. */
  byte[] take() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    return bytes;
  }

  private void append(@Nullable Object value, boolean millis) {
    switch (value) {
      case null -> text.append("\\N");
      case Optional<?> optional -> append(optional.orElse(null), millis);
      case String string -> escape(string);
      case Enum<?> constant -> escape(constant.name());
      case Instant instant when millis -> text.append(instant.toEpochMilli());
      case Instant instant -> text.append(instant.truncatedTo(ChronoUnit.MICROS));
      case BigDecimal number -> text.append(number.toPlainString());
      case byte[] bytes -> text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
      case Long _,Integer _,Short _,Double _,Float _,Boolean _,LocalDate _,UUID _ -> text.append(value);
      default -> throw new IllegalArgumentException("value: " + value.getClass().getName()
          + " (expected: String, long, int, double, boolean, byte[], Instant, LocalDate, BigDecimal, UUID, an enum or"
          + " Optional of these)");
    }
  }

  private void escape(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }
}
