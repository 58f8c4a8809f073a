package dev.edge4j.cache;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Entries as bytes: a format number, three times, the tags with their versions, whether there is a value, its JSON. What cannot be
 * read (another format, a type that has changed since) throws {@link IOException} and is a miss.
 */
final class EntryCodec<V> {
  private static final int FORMAT = 1;

  private final JsonCodec json;
  private final Type type;

  EntryCodec(JsonCodec json, Type type) {
    this.json = json;
    this.type = type;
  }

  byte[] encode(Entry<V> entry) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(entry.storedAt());
      out.writeLong(entry.freshUntil());
      out.writeLong(entry.staleUntil());
      out.writeInt(entry.versions().size());
      for (Map.Entry<String, Long> tag : entry.versions().entrySet()) {
        out.writeUTF(tag.getKey());
        out.writeLong(tag.getValue());
      }
      out.writeBoolean(entry.value().isPresent());
      if (entry.value().isPresent()) {
        out.write(json.write(entry.value().get()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a tag over 64 KB
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked") // readAs promises a value of the type asked for
  Entry<V> decode(byte[] bytes) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("entry of format " + format + " (expected: " + FORMAT + ")");
    }
    long storedAt = in.readLong();
    long freshUntil = in.readLong();
    long staleUntil = in.readLong();
    int tags = in.readInt();
    Map<String, Long> versions = new HashMap<>();
    for (int i = 0; i < tags; i++) {
      versions.put(in.readUTF(), in.readLong());
    }
    try {
      Optional<V> value = in.readBoolean() ? Optional.of((V) json.readAs(in.readAllBytes(), type)) : Optional.empty();
      return new Entry<>(value, storedAt, freshUntil, staleUntil, freshUntil, Map.copyOf(versions));
    } catch (JsonException e) {
      throw new IOException("entry that is no " + type.getTypeName() + " (any more)", e);
    }
  }
}
