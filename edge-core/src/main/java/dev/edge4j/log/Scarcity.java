package dev.edge4j.log;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the machine may run out of, so that one request after the other fails for the same reason. */
public enum Scarcity {
  MEMORY, DISK, DESCRIPTORS;

  private static final int MAX_CAUSES = 16;

  /** What is behind an error, if it is one of these, by its type or the message that Linux, macOS and SQLite give. */
  public static Optional<Scarcity> behind(Throwable error) {
    @Nullable
    Throwable cause = error;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      Optional<Scarcity> found = of(cause);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Scarcity> of(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      return Optional.of(MEMORY);
    }
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left on device") || message.contains("disk quota exceeded")
        || message.contains("sqlite_full")) {
      return Optional.of(DISK);
    }
    return message.contains("too many open files") ? Optional.of(DESCRIPTORS) : Optional.empty();
  }
}
