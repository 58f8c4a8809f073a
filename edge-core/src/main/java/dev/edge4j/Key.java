package dev.edge4j;

/**
 * Names a request variable and its type. Two keys are the same only if they are the same object, so keep one in a constant:
 * {@code static final Key<User> USER = Key.named("user");}
 */
@SuppressWarnings("UnusedTypeParameter") // T is what Context.set and Context.get agree on
public final class Key<T> {
  private final String name;

  private Key(String name) {
    this.name = name;
  }

  /** A new key; the name is for messages alone. */
  public static <T> Key<T> named(String name) {
    return new Key<>(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
