package dev.edge4j.data.replica;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line of COPY in text format: values between tabs, {@code \N} for NULL, a backslash before what would be mistaken
 * (PostgreSQL's documentation of COPY, "Text Format"). Pure.
 */
final class CopyText {
  private CopyText() {}

  /** The values of a line, which may end with its line feed. */
  static List<@Nullable String> values(byte[] line) {
    int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    var values = new ArrayList<@Nullable String>();
    int begin = 0;
    boolean escaped = false;
    for (int at = 0; at <= end; at++) {
      if (at == end || line[at] == '\t') {
        values.add(value(line, begin, at, escaped));
        begin = at + 1;
        escaped = false;
      } else if (line[at] == '\\') {
        escaped = true;
        at++; // what follows stands for itself or for something else, and never ends a value
      }
    }
    return values;
  }

  private static @Nullable String value(byte[] line, int begin, int end, boolean escaped) {
    if (!escaped) {
      return new String(line, begin, end - begin, StandardCharsets.UTF_8);
    }
    if (end - begin == 2 && line[begin] == '\\' && line[begin + 1] == 'N') {
      return null;
    }
    var plain = new ByteArrayOutputStream(end - begin);
    for (int at = begin; at < end; at++) {
      plain.write(line[at] == '\\' && at + 1 < end ? unescaped(line[++at]) : line[at]);
    }
    return plain.toString(StandardCharsets.UTF_8);
  }

  /** The server writes these six and a doubled backslash; octal and hexadecimal forms are for its input alone. */
  private static byte unescaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> letter;
    };
  }
}
