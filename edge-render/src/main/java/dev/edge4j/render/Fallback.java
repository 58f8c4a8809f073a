package dev.edge4j.render;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands in for a value that failed or is late. Immutable.
 *
 * @param given false if nothing does: the failure is thrown
 * @param value what does; empty for nothing to show
 */
record Fallback<T>(boolean given, Optional<T> value) {
  private static final Logger LOG = LoggerFactory.getLogger(Late.class);

  static <T> Fallback<T> none() {
    return new Fallback<>(false, Optional.empty());
  }

  static <T> Fallback<T> of(Optional<T> value) {
    return new Fallback<>(true, value);
  }

  /** The value in place of that failure; throws the failure if there is none, or nothing should go on after it. */
  Optional<T> instead(Throwable failure) throws Exception {
    if (!given || failure instanceof VirtualMachineError || failure instanceof InterruptedException) {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
    LOG.warn("a value failed, and what stands in for it is shown: {}", failure.toString());
    LOG.debug("the value that failed", failure);
    return value;
  }
}
