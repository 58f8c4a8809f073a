package dev.edge4j.data.replica;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Rows as the origin would send them. */
final class Rows {
  /** Stands for a large value that was not touched. */
  static final String UNCHANGED = "\0unchanged";

  private Rows() {}

  /** NULL where a value is empty. */
  static Row of(String... values) {
    ByteBuffer bytes = ByteBuffer.allocate(10_000).putShort((short) values.length);
    for (String value : values) {
      if (value.equals(UNCHANGED)) {
        bytes.put((byte) 'u');
      } else if (value.isEmpty()) {
        bytes.put((byte) 'n');
      } else {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        bytes.put((byte) 't').putInt(text.length).put(text);
      }
    }
    return Row.read(bytes.flip());
  }
}
