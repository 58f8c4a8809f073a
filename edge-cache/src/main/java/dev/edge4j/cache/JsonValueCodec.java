package dev.edge4j.cache;

import dev.edge4j.json.JsonCodec;
import java.lang.reflect.Type;

/** Values of a type known only at run time, as JSON. */
record JsonValueCodec<V>(JsonCodec json, Type type) implements ValueCodec<V> {
  @Override
  public byte[] encode(V value) {
    return json.write(value);
  }

  @Override
  @SuppressWarnings("unchecked") // readAs promises a value of the type asked for
  public V decode(byte[] bytes) {
    return (V) json.readAs(bytes, type);
  }
}
