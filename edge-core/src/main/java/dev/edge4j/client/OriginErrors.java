package dev.edge4j.client;

import dev.edge4j.HttpError;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.http.BodyTooLargeException;
import dev.edge4j.http.Headers;
import dev.edge4j.resilience.BreakerOpenException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when an origin fails (RFC 9110 sections 15.6.3 to 15.6.5): whose fault it is, and nothing about the inside. */
public final class OriginErrors {
  private static final Logger LOG = LoggerFactory.getLogger(OriginErrors.class);

  private OriginErrors() {}

  /** The error to throw; the cause is in the log. */
  public static RuntimeException answer(IOException e) {
    if (!(e instanceof OriginException failure)) {
      return ofRequest(e);
    }
    LOG.warn("{}", failure.getMessage(), LOG.isDebugEnabled() ? failure : null);
    return switch (failure.kind()) {
      case BUSY -> new ServiceUnavailable("the origin takes no more requests for now", retryAfter(failure));
      case TIMEOUT -> new HttpError(504, "the origin did not answer in time");
      case CONNECT, BROKEN, REFUSED -> new HttpError(502, "the origin was not reached");
      case PROTOCOL -> new HttpError(502, "the origin's answer cannot be understood");
    };
  }

  /** What went wrong with the request's own body, on its way from the client to us. */
  private static RuntimeException ofRequest(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      case BodyTooLargeException _ -> new HttpError(413, message);
      case SocketTimeoutException _ -> new HttpError(408, message, Headers.of("Connection", "close"));
      case EOFException _ -> new HttpError(400, message, Headers.of("Connection", "close"));
      default -> new UncheckedIOException("the request could not be sent on", e);
    };
  }

  private static Duration retryAfter(OriginException failure) {
    return failure.getCause() instanceof BreakerOpenException open ? open.retryAfter() : Duration.ofSeconds(1);
  }
}
