package dev.edge4j.state;

import java.util.Map;
import java.util.Optional;

/**
 * What an object may be found by: {@link Namespace#find}. Part of the turn's commit. Confined to the thread that runs the turn.
 * Names and values are 1 to 512 bytes of UTF-8; an object has 16 at most.
 */
public interface Attributes {
  /** The value of an attribute. */
  Optional<String> get(String name);

  /** Sets an attribute. */
  void set(String name, String value);

  /** Takes an attribute away. */
  void remove(String name);

  /** All of them. */
  Map<String, String> all();
}
