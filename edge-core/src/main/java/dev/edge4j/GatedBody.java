package dev.edge4j;

import dev.edge4j.http.BodyTooLargeException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.multipart.MalformedFormException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as the pipeline hands it on: closed to gates but for the prefix they declare, whole to everyone else. Confined
 * to the request.
 */
final class GatedBody implements RequestBody {
  private final Scope scope;
  private final RequestBody source;
  private byte[] prefix = {};
  private @Nullable InputStream stream;

  private GatedBody(Scope scope, RequestBody source) {
    this.scope = scope;
    this.source = source;
  }

  static RequestBody of(Scope scope, RequestBody body) {
    return body == EMPTY ? body : guarding(scope, body);
  }

  /** The body itself if it is guarded already, as in a mounted application. */
  static GatedBody guarding(Scope scope, RequestBody body) {
    return body instanceof GatedBody gated && gated.scope == scope ? gated : new GatedBody(scope, body);
  }

  @Override
  public InputStream stream() {
    scope.checkMayReadBody();
    InputStream whole = stream;
    if (whole == null) {
      whole = prefix.length == 0 ? source.stream()
          : new SequenceInputStream(new ByteArrayInputStream(prefix), source.stream());
      stream = whole;
    }
    return whole;
  }

  @Override
  public boolean isReady(int bytes) {
    return stream != null || bytes <= prefix.length || source.isReady(bytes - prefix.length);
  }

  @Override
  public Headers trailers() {
    return source.trailers();
  }

  /** The first bytes: so many, unless the body is shorter or somebody has begun to read it. Blocks until they have arrived. */
  byte[] prefix(int bytes) {
    if (bytes > prefix.length && stream == null) {
      try {
        byte[] more = source.stream().readNBytes(bytes - prefix.length);
        byte[] all = Arrays.copyOf(prefix, prefix.length + more.length);
        System.arraycopy(more, 0, all, prefix.length, more.length);
        prefix = all;
      } catch (IOException e) {
        throw problem(e);
      }
    }
    return Arrays.copyOf(prefix, Math.min(bytes, prefix.length));
  }

  /** What is held already. */
  byte[] prefix() {
    return prefix.clone();
  }

  /** What went wrong with a body, as the answer it deserves: 413, 408 or 400, else an error of the server. */
  static RuntimeException problem(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case BodyTooLargeException _ -> new HttpError(413, message);
      case MalformedFormException form -> new HttpError(form.isTooLarge() ? 413 : 400, message);
      case SocketTimeoutException _ -> new HttpError(408, message, Headers.of("Connection", "close"));
      case EOFException _ -> new HttpError(400, message, Headers.of("Connection", "close"));
      default -> new UncheckedIOException("the request's body broke off", e);
    };
  }
}
