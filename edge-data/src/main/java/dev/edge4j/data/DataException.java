package dev.edge4j.data;

/** The root of what goes wrong on the data floor. Unchecked: a handler that cannot help it lets it pass. */
public abstract class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  protected DataException(String message) {
    super(message);
  }

  protected DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What went wrong, in one line; never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
