package dev.edge4j.data.sql;

import dev.edge4j.data.MappingException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record, or the single column that stands in place of a record.
 *
 * @param label how errors call it: {@code Product.price}
 */
record Component(String label, String name, Class<?> type, boolean optional, boolean nullable, Conversion conversion) {

  static Component of(Class<?> owner, RecordComponent component) {
    String label = owner.getSimpleName() + "." + component.getName();
    boolean optional = component.getType() == Optional.class;
    Class<?> type = optional ? argument(component.getGenericType()) : component.getType();
    return new Component(label, component.getName(), type, optional, isNullable(component.getAnnotatedType()),
        conversion(label, type));
  }

  static Component single(Class<?> type) {
    return new Component(type.getSimpleName(), "", type, false, false, conversion(type.getSimpleName(), type));
  }

  /** The column's value as the component wants it; throws {@link MappingException} naming component, column and value. */
  @Nullable
  Object convert(@Nullable Object value, String column) {
    if (value == null) {
      if (!optional && !nullable) {
        throw wrong(column, "NULL (expected: " + type.getSimpleName() + "; Optional if it may be NULL)", null);
      }
      return optional ? Optional.empty() : null;
    }
    Object converted;
    try {
      converted = conversion.apply(value);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw wrong(column, mismatch(value), e);
    }
    if (converted == null) {
      throw wrong(column, mismatch(value), null);
    }
    return optional ? Optional.of(converted) : converted;
  }

  private String mismatch(Object value) {
    String shown = value instanceof byte[] bytes ? bytes.length + " bytes" : abbreviate(String.valueOf(value));
    return shown + " (" + value.getClass().getSimpleName() + ") (expected: " + expectation() + ")";
  }

  private String expectation() {
    return type.isEnum() ? "one of " + Arrays.toString(type.getEnumConstants()) : type.getSimpleName();
  }

  private MappingException wrong(String column, String what, @Nullable Exception cause) {
    String message = label + ", column " + column + ": " + what;
    return cause == null ? new MappingException(message) : new MappingException(message, cause);
  }

  private static String abbreviate(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  private static Conversion conversion(String label, Class<?> type) {
    Conversion conversion = Conversion.to(type);
    if (conversion == null) {
      throw new MappingException(label + ": " + type.getName() + " cannot be read from a column (expected: long, int,"
          + " double, boolean, String, Instant, LocalDate, BigDecimal, UUID, byte[], an enum, or Optional of these)");
    }
    return conversion;
  }

  private static Class<?> argument(Type type) {
    return type instanceof ParameterizedType optional && optional.getActualTypeArguments()[0] instanceof Class<?> c ? c
        : Object.class;
  }

  /** By name, so that any Nullable will do. */
  private static boolean isNullable(AnnotatedType type) {
    return Arrays.stream(type.getAnnotations()).anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
  }
}
