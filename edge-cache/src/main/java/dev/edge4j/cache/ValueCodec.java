package dev.edge4j.cache;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;

/**
 * Values as bytes, for the second layer. Implementations are safe for use by many threads. What {@link #decode} throws makes the
 * entry a miss, so that it is also the place to refuse a value that is no longer as it should be.
 */
public interface ValueCodec<V> {
  /** The bytes of a value; if it throws, the value stays in memory alone. */
  byte[] encode(V value) throws Exception;

  /** The value of these bytes; throws anything if they are not, or no longer, a good one. */
  V decode(byte[] bytes) throws Exception;

  /** JSON. A record whose components have changed since is refused where the codec is strict, as {@link JsonCodec#jackson} is. */
  static <V> ValueCodec<V> json(JsonCodec json, TypeRef<V> type) {
    return new JsonValueCodec<>(json, type.type());
  }

  /** JSON, as {@link #json(JsonCodec, TypeRef)}. */
  static <V> ValueCodec<V> json(JsonCodec json, Class<V> type) {
    return new JsonValueCodec<>(json, type);
  }
}
