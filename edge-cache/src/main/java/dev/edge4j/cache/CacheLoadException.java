package dev.edge4j.cache;

/**
 * A load that gave no value: its cause is the checked exception or the error that the loader threw, or the interrupt of a caller
 * that waited for it. Unchecked exceptions of a loader are not wrapped.
 */
public final class CacheLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CacheLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
