package dev.edge4j.cache;

import dev.edge4j.cache.shared.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Entries as bytes: a format number, the version of the values' form, the version of the key, the times, the stamp, the validator, the value if there is
 * one. What is of another version is nothing; what cannot be read, of another format or refused by the values' codec, throws.
 */
final class EntryCodec<V> {
  private static final int FORMAT = 3;

  /** An entry and the version that its key had when it was stored. */
  record Stored<V>(long keyVersion, Entry<V> entry) {}

  private final ValueCodec<V> values;
  private final int version;
  private final EntryOptions options;

  EntryCodec(ValueCodec<V> values, int version, EntryOptions options) {
    this.values = values;
    this.version = version;
    this.options = options;
  }

  byte[] encode(Entry<V> entry, long keyVersion) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeByte(FORMAT);
    out.writeInt(version);
    out.writeLong(keyVersion);
    out.writeLong(entry.times.storedAt());
    out.writeLong(entry.times.freshUntil());
    out.writeLong(entry.times.revalidateUntil());
    out.writeLong(entry.times.coverUntil());
    out.writeLong(entry.times.took());
    entry.stamp.write(out);
    out.writeBoolean(entry.etag != null);
    if (entry.etag != null) {
      out.writeUTF(entry.etag);
    }
    out.writeBoolean(entry.value != null);
    if (entry.value != null) {
      out.write(values.encode(entry.value));
    }
    return bytes.toByteArray();
  }

  Optional<Stored<V>> decode(byte[] bytes) throws Exception {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    int format = in.readByte();
    if (format != FORMAT) {
      throw new IOException("entry of format " + format + " (expected: " + FORMAT + ")");
    }
    if (in.readInt() != version) {
      return Optional.empty();
    }
    long keyVersion = in.readLong();
    var times = new Times(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    Stamp stamp = Stamp.read(in);
    Optional<String> etag = in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
    Optional<V> value = in.readBoolean() ? Optional.of(values.decode(in.readAllBytes())) : Optional.empty();
    return Optional.of(new Stored<>(keyVersion, Entry.of(value, etag, times, stamp, options)));
  }
}
