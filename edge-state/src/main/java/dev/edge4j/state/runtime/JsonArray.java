package dev.edge4j.state.runtime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The arguments of a call as one JSON array, put together and taken apart without reading what is in it. */
final class JsonArray {

  private JsonArray() {}

  static byte[] of(List<byte[]> values) {
    var out = new ByteArrayOutputStream();
    out.write('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(values.get(i));
    }
    out.write(']');
    return out.toByteArray();
  }

  /** The values of an array that {@link #of} has made. */
  static List<byte[]> split(byte[] array) {
    var values = new ArrayList<byte[]>();
    int depth = 0;
    boolean text = false;
    int from = 1;
    for (int i = 0; i < array.length; i++) {
      byte b = array[i];
      if (text) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          text = false;
        }
        continue;
      }
      switch (b) {
        case '"' -> text = true;
        case '[', '{' -> depth++;
        case ']', '}' -> depth--;
        default -> {
        }
      }
      boolean ends = (b == ',' && depth == 1) || depth == 0;
      if (ends && i > from) {
        values.add(Arrays.copyOfRange(array, from, i));
        from = i + 1;
      }
    }
    return values;
  }
}
