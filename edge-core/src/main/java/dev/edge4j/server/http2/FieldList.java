package dev.edge4j.server.http2;

import java.util.ArrayList;
import java.util.List;

/** The fields of one block in their order, pseudo-header fields included, and whether there was more than may be kept. */
final class FieldList {
  /** What a field counts beside its name and value (RFC 9113 section 6.5.2). */
  private static final int FIELD_OVERHEAD = 32;

  private final int maxBytes;
  private final List<String> fields = new ArrayList<>(24);
  private long bytes;

  /** A list that keeps fields of so many bytes together, and only counts the others. */
  FieldList(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Names and values arrive as the compression has them: a name or value that it has seen before is a string already. */
  void add(CharSequence name, CharSequence value) {
    bytes += name.length() + value.length() + FIELD_OVERHEAD;
    if (bytes <= maxBytes) {
      fields.add(name.toString());
      fields.add(value.toString());
    }
  }

  int size() {
    return fields.size() / 2;
  }

  String name(int field) {
    return fields.get(2 * field);
  }

  String value(int field) {
    return fields.get(2 * field + 1);
  }

  /** All the fields, those included that were not kept. */
  long bytes() {
    return bytes;
  }

  boolean isTooLarge() {
    return bytes > maxBytes;
  }
}
