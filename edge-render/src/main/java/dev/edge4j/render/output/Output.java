package dev.edge4j.render.output;

import java.util.Arrays;

/**
 * UTF-8 as it grows. Text goes straight into the array: characters that need nothing done are found by a scan and copied in one
 * piece (a String of Latin 1 copies its bytes), others are replaced or encoded one by one. Half a surrogate pair becomes a
 * question mark, as {@link String#getBytes(java.nio.charset.Charset)} has it. Confined to one thread at a time.
 */
public final class Output {
  private static final int INITIAL = 8 * 1024;
  private static final byte[] NOTHING = {};

  private byte[] bytes;
  private int length;

  /** An output with room for a page. */
  public Output() {
    this(INITIAL);
  }

  /** An output with room for so many bytes before it grows. */
  public Output(int room) {
    bytes = new byte[Math.max(1, room)];
  }

  /** Static bytes. */
  public void write(byte[] piece) {
    int from = room(piece.length);
    System.arraycopy(piece, 0, bytes, from, piece.length);
    length = from + piece.length;
  }

  /** One byte. */
  public void write(int piece) {
    int at = room(1);
    bytes[at] = (byte) piece;
    length = at + 1;
  }

  /** Text as it is. */
  public void text(String text) {
    escaped(text, Replacements.NONE);
  }

  /** Text, with what a table replaces. */
  public void escaped(String text, Replacements table) {
    int end = text.length();
    int from = 0;
    while (from < end) {
      int to = table.plainRun(text, from);
      copy(text, from, to);
      from = to;
      if (from < end) {
        from = special(text, from, table);
      }
    }
  }

  /** A whole number in decimal digits. */
  public void number(long value) {
    if (value == Long.MIN_VALUE) {
      text(Long.toString(value));
      return;
    }
    long rest = Math.abs(value);
    int digits = digits(rest) + (value < 0 ? 1 : 0);
    int from = room(digits);
    length = from + digits;
    int at = length;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    if (value < 0) {
      bytes[from] = '-';
    }
  }

  private static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Copies characters that are ASCII. */
  @SuppressWarnings("deprecation") // it drops the high bytes, of which there are none here, and is the one copy without a detour
  private void copy(String text, int from, int to) {
    if (to > from) {
      int at = room(to - from);
      text.getBytes(from, to, bytes, at);
      length = at + to - from;
    }
  }

  /** Writes one character that is replaced, or that is not ASCII; returns the index of the next. */
  private int special(String text, int index, Replacements table) {
    char c = text.charAt(index);
    byte[] replacement = table.of(c);
    if (replacement != null) {
      write(replacement);
      return index + 1;
    }
    int codePoint = text.codePointAt(index);
    codePoint(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? '?' : codePoint);
    return index + Character.charCount(codePoint);
  }

  /** One character as UTF-8. */
  public void codePoint(int c) {
    int at = room(4);
    if (c < 0x80) {
      bytes[at++] = (byte) c;
    } else if (c < 0x800) {
      bytes[at++] = (byte) (0xC0 | (c >> 6));
      bytes[at++] = (byte) (0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      bytes[at++] = (byte) (0xE0 | (c >> 12));
      bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[at++] = (byte) (0x80 | (c & 0x3F));
    } else {
      bytes[at++] = (byte) (0xF0 | (c >> 18));
      bytes[at++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      bytes[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      bytes[at++] = (byte) (0x80 | (c & 0x3F));
    }
    length = at;
  }

  private int room(int more) {
    int from = length;
    if (more > bytes.length - from) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(bytes.length, 2), Math.addExact(from, more)));
    }
    return from;
  }

  /** Whether the last byte is that character of ASCII. */
  public boolean endsWith(char last) {
    return length > 0 && bytes[length - 1] == last;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** The bytes so far, at the beginning of an array that may be longer. It is good until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of the bytes so far. */
  public byte[] toBytes() {
    return length == 0 ? NOTHING : Arrays.copyOf(bytes, length);
  }

  /** A copy of the bytes from an index on. */
  public byte[] toBytes(int from) {
    return Arrays.copyOfRange(bytes, from, length);
  }

  /** Forgets the bytes from an index on. */
  public void truncate(int to) {
    length = Math.min(length, to);
  }

  /** Forgets all bytes and keeps the array. */
  public void clear() {
    length = 0;
  }
}
