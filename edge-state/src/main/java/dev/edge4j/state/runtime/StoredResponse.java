package dev.edge4j.state.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The response to a request with an id, as it is kept with the object. What is a stream, a file or too large is not kept, only that it was given. */
final class StoredResponse {
  static final int MAX_BODY = 1 << 20;
  private static final int VERSION = 1;

  // How the body is kept; on disk.
  private static final int EMPTY = 0;
  private static final int BYTES = 1;
  private static final int GONE = 2;

  private StoredResponse() {}

  static byte[] write(Response response) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      Body given = response.body();
      Body ready = given instanceof Body.Segments segments ? new Body.Bytes(segments.joined()) : given;
      int kind = switch (ready) {
        case Body.Empty _ -> EMPTY;
        case Body.Bytes(byte[] body) when body.length <= MAX_BODY -> BYTES;
        default -> GONE;
      };
      out.writeByte(kind);
      out.writeShort(response.status());
      byte[] fields = response.headers().toString().getBytes(UTF_8); // no field holds a line end
      out.writeInt(fields.length);
      out.write(fields);
      if (kind == BYTES && ready instanceof Body.Bytes(byte[] body)) {
        out.write(body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The response again, marked as such (draft-ietf-httpapi-idempotency-key-header). */
  static Response replay(byte[] stored) {
    try (var in = new DataInputStream(new ByteArrayInputStream(stored))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("stored response of version " + version + " (expected: " + VERSION + ")");
      }
      int kind = in.readByte();
      int status = in.readShort();
      Headers.Builder headers = Headers.builder();
      new String(in.readNBytes(in.readInt()), UTF_8).lines().forEach(line -> {
        int colon = line.indexOf(": "); // no name holds one
        headers.add(line.substring(0, colon), line.substring(colon + 2));
      });
      if (kind == GONE) {
        return Response.problem(409, "this request was done; its reply is not kept");
      }
      Body body = kind == BYTES ? new Body.Bytes(in.readAllBytes()) : Body.empty();
      return new Response(status, headers.build(), body).withHeader("Idempotent-Replayed", "true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
