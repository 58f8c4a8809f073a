package dev.edge4j.state.sockets;

import dev.edge4j.WebSocket;
import dev.edge4j.state.store.Slot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SequencedSet;

/**
 * What is kept of a socket with its object.
 *
 * @param resumable whether its client may come back
 * @param secret hash of what the client has to show for that
 * @param start the number of the last message before it was opened
 * @param attachment JSON
 * @param closing how the object has closed it; it is no longer one of the object's sockets, but has yet to be told
 */
public record SocketRow(String session, boolean resumable, byte[] secret, long start, Set<String> tags,
    Optional<byte[]> attachment, Optional<WebSocket.Close> closing) {
  private static final int VERSION = 1;

  public SocketRow withStart(long number) {
    return new SocketRow(session, resumable, secret, number, tags, attachment, closing);
  }

  public SocketRow withAttachment(byte[] json) {
    return new SocketRow(session, resumable, secret, start, tags, Optional.of(json), closing);
  }

  public SocketRow withClosing(WebSocket.Close close) {
    return new SocketRow(session, resumable, secret, start, tags, attachment, Optional.of(close));
  }

  /** Its key says whether it may be resumed, for who only lists keys. */
  Slot slot() {
    return new Slot(Slot.Kind.SOCKET, (resumable ? "r" : "p") + session);
  }

  byte[] write() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(secret.length);
      out.write(secret);
      out.writeLong(start);
      out.writeByte(tags.size());
      for (String tag : tags) {
        out.writeUTF(tag);
      }
      out.writeInt(attachment.map(json -> json.length).orElse(-1));
      out.write(attachment.orElse(new byte[0]));
      out.writeBoolean(closing.isPresent());
      if (closing.isPresent()) {
        out.writeShort(closing.get().code());
        out.writeUTF(closing.get().reason());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static SocketRow read(String key, byte[] value) {
    try (var in = new DataInputStream(new ByteArrayInputStream(value))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("socket of version " + version + " (expected: " + VERSION + ")");
      }
      byte[] secret = in.readNBytes(in.readByte());
      long start = in.readLong();
      SequencedSet<String> tags = new LinkedHashSet<>();
      for (int left = in.readByte(); left > 0; left--) {
        tags.add(in.readUTF());
      }
      int length = in.readInt();
      Optional<byte[]> attachment = length < 0 ? Optional.empty() : Optional.of(in.readNBytes(length));
      Optional<WebSocket.Close> closing = in.readBoolean()
          ? Optional.of(new WebSocket.Close(in.readUnsignedShort(), in.readUTF()))
          : Optional.empty();
      return new SocketRow(key.substring(1), key.startsWith("r"), secret, start, Collections.unmodifiableSet(tags),
          attachment, closing);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
