package dev.edge4j.data;

/** Rows that do not fit the record asked for, or arguments that do not fit the statement: a bug in one of the two. */
public final class MappingException extends DataException {
  private static final long serialVersionUID = 1L;

  public MappingException(String message) {
    super(message);
  }

  public MappingException(String message, Throwable cause) {
    super(message, cause);
  }
}
