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

  /**
   * PostgreSQL's text as a value for SQLite: Long, Double, String or byte[].
   *
   * @param text numbers and times are read by its characters, all else by its {@code toString}
   */
  Object stored(CharSequence text);

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
    public Object stored(CharSequence text) {
      return Long.parseLong(text, 0, text.length(), 10);
    }
  }

  /** boolean, as 0 and 1. */
  record Flag() implements ColumnType {
    @Override
    public String declared() {
      return "INT_BOOL";
    }

    @Override
    public Object stored(CharSequence text) {
      return text.charAt(0) == 't' ? 1L : 0L;
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
    public Object stored(CharSequence text) {
      int length = text.length();
      int point = scale == 0 ? -1 : length - scale - 1; // PostgreSQL writes all digits of the scale
      boolean negative = text.charAt(0) == '-';
      int digitsSent = length - (negative ? 1 : 0) - (scale > 0 ? 1 : 0);
      if (digitsSent < 1 || digitsSent > 18 || (scale > 0 && (point <= 0 || text.charAt(point) != '.'))) {
        return unusual(text.toString());
      }
      long digits = 0;
      for (int i = negative ? 1 : 0; i < length; i++) {
        int digit = text.charAt(i) - '0';
        if (digit >= 0 && digit <= 9) {
          digits = digits * 10 + digit;
        } else if (i != point) {
          return unusual(text.toString());
        }
      }
      return negative ? -digits : digits;
    }

    private Object unusual(String text) {
      return text.equals("NaN") ? text : (Object) new BigDecimal(text).setScale(scale).unscaledValue().longValueExact();
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
    public Object stored(CharSequence text) {
      return text.toString();
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
    public Object stored(CharSequence text) {
      return text.charAt(text.length() - 1) == 'y' ? text.toString() : (Object) Micros.parse(text); // infinity
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
    public Object stored(CharSequence text) {
      String number = text.toString();
      return number.equals("NaN") ? number : (Object) Double.parseDouble(number);
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
    public Object stored(CharSequence text) {
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
    public Object stored(CharSequence text) {
      return text.toString();
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
