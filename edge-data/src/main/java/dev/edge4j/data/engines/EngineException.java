package dev.edge4j.data.engines;

import org.jspecify.annotations.Nullable;

/** A server could not be unpacked or started; the message says which, and ends with what it printed last. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
