package dev.edge4j.data.replica;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a column of PostgreSQL is kept in SQLite: so that it sorts and compares alike on both sides, and comes out as the same value.
 * The name it is declared by carries what reading needs; SQLite itself looks only at the INT, REAL, TEXT or BLOB in it
 * (sqlite.org/datatype3.html, 3.1). Pure.
 */
sealed interface ColumnType {
  /** The type in CREATE TABLE. */
  String declared();

  /** PostgreSQL's text as a value for SQLite: Long, Double, String or byte[]. */
  Object stored(String text);

  /** A value of SQLite as one that {@link dev.edge4j.data.sql.RecordMapper} fits to its component. */
  default Object read(Object value) {
    return value;
  }

  /** smallint, integer, bigint, oid. */
  record Whole() implements ColumnType {
    @Override
    public String declared() {
      return "INTEGER";
    }

    @Override
    public Object stored(String text) {
      return Long.parseLong(text);
    }
  }

  /** boolean, as 0 and 1. */
  record Flag() implements ColumnType {
    @Override
    public String declared() {
      return "INT_BOOL";
    }

    @Override
    public Object stored(String text) {
      return text.startsWith("t") ? 1L : 0L;
    }

    @Override
    public Object read(Object value) {
      return value instanceof Number number ? (Object) (number.longValue() != 0) : value;
    }
  }

  /** numeric of up to 18 digits, as the integer that its digits make: 4.50 of numeric(10,2) is 450. NaN, which is above all, is text. */
  record Scaled(int scale) implements ColumnType {
    @Override
    public String declared() {
      return "INT_DECIMAL_" + scale;
    }

    @Override
    public Object stored(String text) {
      if (text.equals("NaN")) {
        return text;
      }
      int point = text.length() - scale - 1; // PostgreSQL writes all digits of the scale
      return scale > 0 && point > 0 && text.charAt(point) == '.'
          ? Long.parseLong(text.substring(0, point) + text.substring(point + 1))
          : (Object) new BigDecimal(text).setScale(scale).unscaledValue().longValueExact();
    }

    @Override
    public Object read(Object value) {
      return value instanceof Number number ? BigDecimal.valueOf(number.longValue(), scale) : value;
    }
  }

  /** numeric of more digits, or of any number of them, as text: exact, but it does not sort as a number. */
  record Large() implements ColumnType {
    @Override
    public String declared() {
      return "TEXT_DECIMAL";
    }

    @Override
    public Object stored(String text) {
      return text;
    }

    @Override
    public Object read(Object value) {
      return value instanceof String text && !text.isEmpty() && !Character.isLetter(text.charAt(text.length() - 1))
          ? new BigDecimal(text)
          : value;
    }
  }

  /** timestamp (taken as UTC) and timestamptz, as microseconds since 1970; infinity is text. */
  record Moment() implements ColumnType {
    @Override
    public String declared() {
      return "INT_MICROS";
    }

    @Override
    public Object stored(String text) {
      return text.endsWith("infinity") ? text : (Object) Micros.parse(text);
    }

    @Override
    public Object read(Object value) {
      return value instanceof Number number ? Micros.instant(number.longValue()) : value;
    }
  }

  /** real and double precision; NaN, which SQLite would make NULL, is text, and so above all as in PostgreSQL. */
  record Real() implements ColumnType {
    @Override
    public String declared() {
      return "REAL";
    }

    @Override
    public Object stored(String text) {
      return text.equals("NaN") ? text : (Object) Double.parseDouble(text);
    }

    @Override
    public Object read(Object value) {
      return value.equals("NaN") ? Double.NaN : value;
    }
  }

  /** bytea. */
  record Bytes() implements ColumnType {
    @Override
    public String declared() {
      return "BLOB";
    }

    @Override
    public Object stored(String text) {
      return HexFormat.of().parseHex(text, 2, text.length()); // behind \x
    }
  }

  /** Everything else, as PostgreSQL writes it: texts, uuid, enums, date, time, interval, JSON, arrays, ranges, addresses. */
  record Text() implements ColumnType {
    @Override
    public String declared() {
      return "TEXT";
    }

    @Override
    public Object stored(String text) {
      return text;
    }
  }

  /**
   * The type of a column.
   *
   * @param oid of the type, of a domain's base (pg_type.dat)
   * @param modifier {@code atttypmod}: for numeric, precision and scale
   */
  static ColumnType of(int oid, int modifier) {
    return switch (oid) {
      case 20, 21, 23, 26 -> new Whole();
      case 16 -> new Flag();
      case 17 -> new Bytes();
      case 700, 701 -> new Real();
      case 1114, 1184 -> new Moment();
      case 1700 -> numeric(modifier);
      default -> new Text();
    };
  }

  /** Precision in the upper half, the scale signed in the lower eleven bits (numeric.c). */
  private static ColumnType numeric(int modifier) {
    if (modifier < 4) {
      return new Large();
    }
    int precision = ((modifier - 4) >> 16) & 0xffff;
    int scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
    return precision - Math.min(scale, 0) <= 18 ? new Scaled(Math.max(scale, 0)) : new Large();
  }

  /** The type by the name it was {@link #declared} by; empty for others, and for what is no column. */
  static Optional<ColumnType> declaredAs(String name) {
    return switch (name) {
      case "INT_BOOL" -> Optional.of(new Flag());
      case "INT_MICROS" -> Optional.of(new Moment());
      case "TEXT_DECIMAL" -> Optional.of(new Large());
      case "REAL" -> Optional.of(new Real());
      default -> name.startsWith("INT_DECIMAL_") ? Optional.of(new Scaled(Integer.parseInt(name.substring(12))))
          : Optional.empty();
    };
  }
}
