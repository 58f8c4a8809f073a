package dev.edge4j.json;

import java.lang.reflect.Type;

/**
 * Turns values into JSON and back. Safe for use by many threads.
 *
 * <p>Records are read strictly: an unknown property, a missing component (unless it is an {@link java.util.Optional} or
 * {@code @Nullable}) and a value of the wrong type are errors that name the field.
 */
public interface JsonCodec {
  /** The JSON of a value, as UTF-8. */
  byte[] write(Object value);

  /** Reads a value of a type known only at run time; throws {@link JsonException} naming the field that is wrong. */
  Object readAs(byte[] json, Type type);

  /** Reads a value of a class; throws {@link JsonException} naming the field that is wrong. */
  @SuppressWarnings("unchecked") // not Class.cast: int.class reads an Integer
  default <T> T read(byte[] json, Class<T> type) {
    return (T) readAs(json, type);
  }

  /** Reads a value of a generic type; throws {@link JsonException} naming the field that is wrong. */
  @SuppressWarnings("unchecked") // readAs promises a value of the type asked for
  default <T> T read(byte[] json, TypeRef<T> type) {
    return (T) readAs(json, type.type());
  }

  /** The codec on Jackson 3. */
  static JsonCodec jackson() {
    return JacksonCodec.INSTANCE;
  }
}
