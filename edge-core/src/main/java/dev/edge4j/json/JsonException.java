package dev.edge4j.json;

/** JSON that is malformed or does not fit the type asked for. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Names the field and what is wrong with it.
   *
   * @param field where, as in {@code lines[2].quantity}; empty for the document as a whole
   */
  public JsonException(String field, String message, Throwable cause) {
    super(message, cause);
    this.field = field;
  }

  /** Where the error is, as in {@code lines[2].quantity}; empty for the document as a whole. */
  public String field() {
    return field;
  }
}
