package dev.edge4j.state;

import dev.edge4j.json.TypeRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys and values of one object. Values are kept as JSON, so that what was put and what is got are never the same Java object.
 *
 * <p>Puts and deletes are held back until the turn ends, seen by the turn's own reads meanwhile, and committed in one transaction;
 * the reply of the turn leaves after that commit is on disk. A turn that throws commits nothing.
 *
 * <p>Keys are 1 to 512 bytes of UTF-8 without NUL, values at most 2 MiB as JSON; beyond them every method throws
 * {@link IllegalArgumentException}. Confined to the thread that runs the turn: elsewhere every method throws
 * {@link IllegalStateException}.
 */
public interface Storage {
  /** The value of a key; throws {@link dev.edge4j.json.JsonException} if what is there does not fit the type. */
  <T> Optional<T> get(String key, Class<T> type);

  /** The value of a key, for generic types; throws {@link dev.edge4j.json.JsonException} if what is there does not fit. */
  <T> Optional<T> get(String key, TypeRef<T> type);

  /** Sets a key. The value is written as JSON here and now: changing it later changes nothing. */
  void put(String key, Object value);

  /** Removes a key; nothing happens if it is not there. */
  void delete(String key);

  /** All keys that start with a prefix (all keys, if it is empty), in the order of their UTF-8 bytes. */
  default List<String> list(String prefix) {
    return list(prefix, "", Integer.MAX_VALUE);
  }

  /**
   * At most {@code limit} keys that start with a prefix and come after a key, in the order of their UTF-8 bytes.
   *
   * @param after the last key of the page before; empty for the first page
   */
  List<String> list(String prefix, String after, int limit);

  /** All keys that start with a prefix, with their values, in the order of the keys' UTF-8 bytes. */
  <T> Map<String, T> entries(String prefix, TypeRef<T> type);
}
