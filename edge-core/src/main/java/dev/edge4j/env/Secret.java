package dev.edge4j.env;

/** A text that must not end up in a log: it prints as {@code ***}, and only {@link #reveal} gives it away. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The text itself. Hand it on to what needs it and keep it nowhere. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
