package dev.edge4j.state;

import dev.edge4j.json.TypeRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys and values of one object. Values are kept as JSON, so that what was put and what is got are never the same Java object.
 *
 * <p>Puts and deletes are held back until the turn ends, seen by the turn's own reads meanwhile, and committed in one transaction;
 * the reply of the turn leaves after that commit is on disk. A turn that throws commits nothing.
 *
 * <p>Keys are 1 to 512 bytes of UTF-8 without NUL, values at most 2 MiB as JSON; beyond them every method throws
 * {@link IllegalArgumentException}. Confined to the thread that runs the turn: elsewhere, and for writes in a {@link ReadOnly} call,
 * every method throws {@link IllegalStateException}.
 */
public interface Storage {
  /** The value of a key; throws {@link dev.edge4j.json.JsonException} if what is there does not fit the type. */
  <T> Optional<T> get(String key, Class<T> type);

  /** The value of a key, for generic types; throws {@link dev.edge4j.json.JsonException} if what is there does not fit. */
  <T> Optional<T> get(String key, TypeRef<T> type);

  /** The values of those keys that are there, in the order asked for. */
  <T> Map<String, T> getAll(Collection<String> keys, Class<T> type);

  /** Sets a key. The value is written as JSON here and now: changing it later changes nothing. */
  void put(String key, Object value);

  /** Sets all of these keys, or none if one of them will not do. */
  void putAll(Map<String, ?> values);

  /** Removes a key; whether it was there. */
  boolean delete(String key);

  /** Removes all keys, alarms and index attributes, and makes its own tables anew: the object is then as if it had never been. */
  void deleteAll();

  /** All keys that start with a prefix (all keys, if it is empty), in the order of their UTF-8 bytes. */
  default List<String> list(String prefix) {
    return list(KeyRange.prefix(prefix));
  }

  /** The keys of a range, in its order. */
  List<String> list(KeyRange range);

  /** All keys that start with a prefix, with their values, in the order of the keys' UTF-8 bytes. */
  default <T> Map<String, T> entries(String prefix, TypeRef<T> type) {
    return entries(KeyRange.prefix(prefix), type);
  }

  /** The keys of a range with their values, in its order. */
  <T> Map<String, T> entries(KeyRange range, TypeRef<T> type);

  /**
   * Runs a part of the turn that may fail for itself: if it throws, what it did to storage, tables, alarms, attributes and messages is undone, and what
   * it threw is thrown on. May be nested. Fields of the object are its own care.
   */
  <R> R transaction(Supplier<R> work);
}
