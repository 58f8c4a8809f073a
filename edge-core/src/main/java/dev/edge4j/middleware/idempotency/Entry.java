package dev.edge4j.middleware.idempotency;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** What a store holds under a key: somebody is at it, it was done with this reply, or it was done with a reply that was not kept. */
sealed interface Entry {
  int VERSION = 1;
  int FINGERPRINT_BYTES = 32;

  /** The hash of the request that came first. Nobody changes it. */
  byte[] fingerprint();

  /** Whose claim it is. */
  UUID owner();

  /** Is being done. */
  record Claim(UUID owner, byte[] fingerprint) implements Entry {}

  /** Was done. */
  record Reply(UUID owner, byte[] fingerprint, Response response) implements Entry {}

  /** Was done, with a reply that is too large or a stream. */
  record Gone(UUID owner, byte[] fingerprint) implements Entry {}

  /** True for the request that came first, sent again. */
  default boolean isFor(byte[] other) {
    return Arrays.equals(fingerprint(), other);
  }

  /** As bytes; a reply's body is {@link Body.Bytes} or empty. */
  default byte[] encode() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(owner().getMostSignificantBits());
      out.writeLong(owner().getLeastSignificantBits());
      out.write(fingerprint());
      switch (this) {
        case Claim _ -> out.writeByte(0);
        case Gone _ -> out.writeByte(1);
        case Reply(_, _, Response response) -> {
          out.writeByte(2);
          write(response, out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Response response, DataOutputStream out) throws IOException {
    out.writeShort(response.status());
    byte[] fields = response.headers().toString().getBytes(StandardCharsets.UTF_8); // no field holds a line end
    out.writeInt(fields.length);
    out.write(fields);
    boolean empty = !(response.body() instanceof Body.Bytes);
    out.writeBoolean(empty);
    if (response.body() instanceof Body.Bytes(byte[] body)) {
      out.write(body);
    }
  }

  /** The entry of those bytes. */
  static Entry decode(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("idempotency entry of version " + version + " (expected: " + VERSION + ")");
      }
      var owner = new UUID(in.readLong(), in.readLong());
      byte[] fingerprint = in.readNBytes(FINGERPRINT_BYTES);
      return switch (in.readByte()) {
        case 0 -> new Claim(owner, fingerprint);
        case 1 -> new Gone(owner, fingerprint);
        default -> new Reply(owner, fingerprint, response(in));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response response(DataInputStream in) throws IOException {
    int status = in.readShort();
    Headers.Builder headers = Headers.builder();
    new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8).lines().forEach(line -> {
      int colon = line.indexOf(": "); // no name holds one
      headers.add(line.substring(0, colon), line.substring(colon + 2));
    });
    Body body = in.readBoolean() ? Body.empty() : new Body.Bytes(in.readAllBytes());
    return new Response(status, headers.build(), body);
  }
}
