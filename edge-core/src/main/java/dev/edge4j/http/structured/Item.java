package dev.edge4j.http.structured;

import java.util.Map;

/**
 * A value and its parameters (RFC 9651 section 3.3).
 *
 * @param parameters by their keys, in order
 */
public record Item(Bare value, Map<String, Bare> parameters) implements Member {
  /** Copies the parameters, and refuses keys that are none. */
  public Item {
    parameters = Characters.checkedKeys(parameters);
  }

  /** Without parameters. */
  public static Item of(Bare value) {
    return new Item(value, Map.of());
  }

  public static Item of(long value) {
    return of(new Bare.Whole(value));
  }

  /** A string, not a token. */
  public static Item of(String text) {
    return of(new Bare.Text(text));
  }

  public static Item token(String token) {
    return of(new Bare.Token(token));
  }

  /** A copy with one more parameter, or another value for one. */
  public Item with(String key, Bare parameter) {
    return new Item(value, Characters.with(parameters, key, parameter));
  }
}
