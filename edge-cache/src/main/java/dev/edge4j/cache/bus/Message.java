package dev.edge4j.cache.bus;

import dev.edge4j.cache.bus.Change.CacheRenewed;
import dev.edge4j.cache.bus.Change.KeyInvalidated;
import dev.edge4j.cache.bus.Change.KeyUpdated;
import dev.edge4j.cache.bus.Change.TagRenewed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * One message between the nodes of a cache.
 *
 * @param sender a random number of the node that sent it; a node ignores its own
 * @param cache the name of the cache that it is about
 * @param change what has changed there
 */
public record Message(long sender, String cache, Change change) {
  /** The most bytes of a message: in Base64 they are under the 8,000 bytes of a PostgreSQL NOTIFY. */
  public static final int MAX_BYTES = 5_900;

  private static final int FORMAT = 1;
  private static final int KEY_INVALIDATED = 1;
  private static final int KEY_UPDATED = 2;
  private static final int TAG_RENEWED = 3;
  private static final int CACHE_RENEWED = 4;

  /** Throws {@link IllegalArgumentException} if it has more than {@link #MAX_BYTES}. */
  public byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(sender);
      out.writeUTF(cache);
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here can fail but a text over 64 KB
    }
    if (bytes.size() > MAX_BYTES) {
      throw new IllegalArgumentException("message of " + bytes.size() + " bytes (expected: at most " + MAX_BYTES + ")");
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    switch (change) {
      case KeyInvalidated(String key) -> {
        out.writeByte(KEY_INVALIDATED);
        out.writeUTF(key);
      }
      case KeyUpdated(String key) -> {
        out.writeByte(KEY_UPDATED);
        out.writeUTF(key);
      }
      case TagRenewed(String tag, boolean soft, long version) -> {
        out.writeByte(TAG_RENEWED);
        out.writeUTF(tag);
        out.writeBoolean(soft);
        out.writeLong(version);
      }
      case CacheRenewed(boolean soft, long version) -> {
        out.writeByte(CACHE_RENEWED);
        out.writeBoolean(soft);
        out.writeLong(version);
      }
    }
  }

  /** The message of these bytes; empty if they are none that this version of the library knows. */
  public static Optional<Message> parse(byte[] bytes) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      if (in.readByte() != FORMAT) {
        return Optional.empty();
      }
      long sender = in.readLong();
      String cache = in.readUTF();
      Optional<Change> change = change(in);
      return in.read() >= 0 ? Optional.empty() : change.map(known -> new Message(sender, cache, known));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Change> change(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case KEY_INVALIDATED -> Optional.of(new KeyInvalidated(in.readUTF()));
      case KEY_UPDATED -> Optional.of(new KeyUpdated(in.readUTF()));
      case TAG_RENEWED -> Optional.of(new TagRenewed(in.readUTF(), in.readBoolean(), in.readLong()));
      case CACHE_RENEWED -> Optional.of(new CacheRenewed(in.readBoolean(), in.readLong()));
      default -> Optional.empty();
    };
  }
}
