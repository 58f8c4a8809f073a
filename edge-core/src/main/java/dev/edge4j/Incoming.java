package dev.edge4j;

import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Parameters;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import dev.edge4j.json.JsonException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a context reads: the request as it is now, and its query and body, each parsed at most once. Confined as the context is. */
final class Incoming {
  private static final int MAX_FORM_FIELDS = 10_000;
  private static final String FORM_WITH_FILES = "multipart/form-data";

  private final Scope scope;
  private Request request;
  private @Nullable Parameters query;
  private @Nullable Parameters form;
  private @Nullable FormData formData;
  private byte @Nullable [] body;

  Incoming(Scope scope, Request request) {
    this.scope = scope;
    RequestBody gated = GatedBody.of(scope, request.body());
    this.request = gated == request.body() ? request : request.withBody(gated);
  }

  /** Takes over what another has read and rewritten. */
  void adopt(Incoming other) {
    request = other.request;
    query = other.query;
    form = other.form;
    formData = other.formData;
    body = other.body;
  }

  Request request() {
    return request;
  }

  void rewrite(Request changed) {
    if (changed.body() != request.body()) {
      body = null;
      form = null;
      formData = null;
    }
    request = changed;
    query = null;
  }

  Parameters query() {
    Parameters parsed = query;
    if (parsed == null) {
      parsed = Parameters.parse(request.target().query());
      query = parsed;
    }
    return parsed;
  }

  Parameters form() {
    Parameters parsed = form;
    if (parsed == null && Multipart.isForm(mediaType())) {
      parsed = formData(MultipartLimits.defaults()).fields();
      form = parsed;
    }
    if (parsed == null) {
      expect(MediaType.essence(mediaType()).equals(MediaType.FORM), MediaType.FORM);
      byte[] encoded = bytes();
      checkFields(encoded);
      parsed = Parameters.parse(new String(encoded, StandardCharsets.UTF_8));
      form = parsed;
    }
    return parsed;
  }

  /** Read, each takes a hundred times the three bytes that it may have come in. */
  private static void checkFields(byte[] encoded) {
    int fields = 1;
    for (byte b : encoded) {
      fields += b == '&' ? 1 : 0;
    }
    if (fields > MAX_FORM_FIELDS) {
      throw new HttpError(413, "the form has more than " + MAX_FORM_FIELDS + " fields");
    }
  }

  Multipart multipart(MultipartLimits limits) throws IOException {
    scope.checkMayReadBody();
    expect(Multipart.isForm(mediaType()), FORM_WITH_FILES);
    return Multipart.of(mediaType(), new Answerable(request.body().stream()), limits);
  }

  FormData formData(MultipartLimits limits) {
    FormData read = formData;
    if (read == null) {
      var reader = new FormReader(limits);
      try {
        read = reader.read(multipart(limits));
      } catch (IOException e) {
        throw GatedBody.problem(e);
      } finally {
        if (reader.hasFilesOnDisk()) {
          scope.after(reader::delete);
        }
      }
      formData = read;
    }
    return read;
  }

  <T> T json(Function<byte[], T> read) {
    expect(MediaType.isJson(mediaType()), MediaType.JSON);
    try {
      return read.apply(bytes());
    } catch (JsonException e) {
      String message = String.valueOf(e.getMessage());
      throw e.field().isEmpty() ? new BadRequest("the body is not the JSON expected: " + message)
          : new BadRequest(e.field(), message);
    }
  }

  private String mediaType() {
    return request.headers().first("Content-Type").orElse("");
  }

  private void expect(boolean matches, String expected) {
    if (!matches) {
      String given = mediaType().isEmpty() ? "none" : mediaType();
      throw new HttpError(415, "Content-Type: " + given + " (expected: " + expected + ")",
          Headers.of("Accept", expected));
    }
    expectNoCoding();
  }

  /** Read as it comes, a coded body would be a form without fields. {@code Accept-Encoding} tells this from another type (RFC 9110 section 15.5.16). */
  private void expectNoCoding() {
    List<String> codings = request.headers().list("Content-Encoding");
    if (!codings.stream().allMatch("identity"::equalsIgnoreCase)) {
      throw new HttpError(415, "Content-Encoding: " + String.join(", ", codings) + " (expected: none)",
          Headers.of("Accept-Encoding", "identity"));
    }
  }

  byte[] bytes() {
    scope.checkMayReadBody();
    byte[] read = body;
    if (read == null) {
      try {
        read = request.body().stream().readAllBytes();
      } catch (IOException e) {
        throw GatedBody.problem(e);
      }
      body = read;
      // Whoever gets the request next, a mounted application or an origin, finds the body there once more.
      request = request.withBody(RequestBody.of(read, request.body().trailers()));
    }
    return read;
  }

  /** What goes wrong with the body is thrown as the answer that it deserves. */
  private static final class Answerable extends FilterInputStream {
    Answerable(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw GatedBody.problem(e);
      }
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      try {
        return super.read(target, from, length);
      } catch (IOException e) {
        throw GatedBody.problem(e);
      }
    }
  }

  byte[] prefix() {
    byte[] held = heldPrefix();
    return scope.running() instanceof Gate gate ? Arrays.copyOf(held, Math.min(held.length, gate.bodyPrefix())) : held;
  }

  private byte[] heldPrefix() {
    byte[] whole = body;
    if (whole != null) {
      return whole.clone();
    }
    return request.body() instanceof GatedBody gated ? gated.prefix() : new byte[0];
  }

  /** True if a gate that wants so much of the body need not wait for it. */
  boolean hasPrefix(int bytes) {
    return bytes == 0 || body != null || request.body().isReady(bytes);
  }

  /** Reads the beginning of the body for a gate; blocks unless {@link #hasPrefix}. What goes wrong is 413, 408 or 400. */
  void readPrefix(int bytes) {
    if (bytes > 0 && body == null) {
      GatedBody gated = GatedBody.guarding(scope, request.body());
      byte[] _ = gated.prefix(bytes);
      if (gated != request.body()) {
        request = request.withBody(gated);
      }
    }
  }
}
