package dev.edge4j.data.replica;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row as the origin sends it: the bytes of the message and where in them each value lies, so that a value which is stored as a number
 * never becomes a string. Immutable: the bytes are not written after they were read.
 */
final class Row {
  /** In place of a length: NULL... */
  private static final int NULL = -1;
  /** ...or a large value (TOAST) that the change did not touch and that is therefore not sent. */
  private static final int UNCHANGED = -2;

  private final byte[] bytes;
  /** Where each value begins, and behind them how long each is. */
  private final int[] places;
  private final boolean unchanged;

  private Row(byte[] bytes, int[] places) {
    this.bytes = bytes;
    this.places = places;
    boolean some = false;
    for (int i = places.length / 2; i < places.length; i++) {
      some |= places[i] == UNCHANGED;
    }
    this.unchanged = some;
  }

  /** Reads TupleData; the row keeps the buffer's array, which it must have. */
  static Row read(ByteBuffer buffer) {
    int count = buffer.getShort();
    var places = new int[2 * count];
    for (int i = 0; i < count; i++) {
      char kind = (char) buffer.get();
      places[count + i] = switch (kind) {
        case 'n' -> NULL;
        case 'u' -> UNCHANGED;
        case 't' -> buffer.getInt();
        default -> throw new IllegalArgumentException("a value of kind '" + kind + "' (expected: n, u or t)");
      };
      if (kind == 't') {
        int length = places[count + i];
        if (length < 0 || length > buffer.remaining()) {
          throw new BufferUnderflowException();
        }
        places[i] = buffer.arrayOffset() + buffer.position();
        buffer.position(buffer.position() + length);
      }
    }
    return new Row(buffer.array(), places);
  }

  int size() {
    return places.length / 2;
  }

  boolean isNull(int column) {
    return length(column) == NULL;
  }

  boolean isUnchanged(int column) {
    return length(column) == UNCHANGED;
  }

  /** Whether a value was not sent. */
  boolean hasUnchanged() {
    return unchanged;
  }

  /** A value in PostgreSQL's text form, which is there. */
  CharSequence value(int column) {
    return new Value(bytes, places[column], length(column));
  }

  /** The same as a string; empty where there is none. */
  String text(int column) {
    return length(column) < 0 ? "" : value(column).toString();
  }

  /** Whether a column has the same value in both. */
  boolean same(int column, Row other) {
    int length = length(column);
    if (length < 0) {
      return length == other.length(column);
    }
    int from = places[column];
    int otherFrom = other.places[column];
    return Arrays.equals(bytes, from, from + length, other.bytes, otherFrom, otherFrom + Math.max(0, other.length(
        column))) && other.length(column) == length;
  }

  /** This row with the other's value in place of one that was not sent, in all columns or in some. */
  Row filledFrom(Row other, java.util.function.IntPredicate columns) {
    byte[] both = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
    System.arraycopy(other.bytes, 0, both, bytes.length, other.bytes.length);
    int[] filled = places.clone();
    for (int i = 0; i < size(); i++) {
      if (isUnchanged(i) && columns.test(i)) {
        filled[i] = bytes.length + other.places[i];
        filled[size() + i] = other.length(i);
      }
    }
    return new Row(both, filled);
  }

  /** How much memory it keeps. */
  int bytes() {
    return bytes.length;
  }

  private int length(int column) {
    return places[places.length / 2 + column];
  }

  /** Its characters are bytes, which is right for ASCII, as all numbers and times are; what may be more is read by {@link #toString}. */
  private record Value(byte[] bytes, int from, int length) implements CharSequence {
    @Override
    public char charAt(int index) {
      return (char) (bytes[from + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Value(bytes, from + start, end - start);
    }

    @Override
    public String toString() {
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
  }
}
