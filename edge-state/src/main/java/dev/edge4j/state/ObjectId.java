package dev.edge4j.state;

import dev.edge4j.state.limit.Limits;

/**
 * Who an object is: the name of its namespace and its own name there. Two ids are the same object exactly if both names are equal.
 *
 * @param namespace 1 to 64 of {@code a-z 0-9 - _}
 * @param name 1 to 512 bytes of UTF-8 without NUL, compared byte for byte
 */
public record ObjectId(String namespace, String name) {
  /** Throws {@link IllegalArgumentException} for names outside the limits. */
  public ObjectId {
    Limits.checkNamespace(namespace);
    Limits.checkName("object id", name);
  }

  /** As in {@code cart/user:42}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
