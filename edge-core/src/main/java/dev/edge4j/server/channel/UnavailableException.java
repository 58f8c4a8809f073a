package dev.edge4j.server.channel;

import org.jspecify.annotations.Nullable;

/** A transport is asked for that is not there, or a socket's file that cannot be had; the message says what to do. */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
