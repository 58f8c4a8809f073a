package dev.edge4j.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its arguments, kept at run time by an anonymous subclass:
 * {@code static final TypeRef<Map<Long, Integer>> LINES = new TypeRef<>() {};}
 */
public abstract class TypeRef<T> {
  private final Type type;

  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parent)) {
      throw new IllegalStateException("TypeRef without an argument (expected: new TypeRef<SomeType>() {})");
    }
    this.type = parent.getActualTypeArguments()[0];
  }

  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
