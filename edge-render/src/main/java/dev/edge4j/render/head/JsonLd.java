package dev.edge4j.render.head;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.render.SafeHtml;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Data for machines within a page (JSON-LD 1.1, schema.org), from records: the type is the record's simple name, each component a property. Empty
 * optionals, texts and lists are left out; lists, maps with text keys and other records go in as they are; a {@link URI} is made absolute by the site, an
 * enum's constant becomes {@code https://schema.org/Constant}; numbers and booleans stay; dates, times and durations of {@code java.time} are written in ISO 8601.
 *
 * <p>The text can stand in a script element whatever the values hold: {@code <}, {@code >}, {@code &}, U+2028 and U+2029 are escaped in the way of JSON, so
 * that nothing ends the element or begins a comment in it.
 */
public final class JsonLd {
  /** The term that a component stands for, where Java has no such name: {@code "query-input"}, {@code "@id"}. */
  @Target(ElementType.RECORD_COMPONENT)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Term {
    /** The term. */
    String value();
  }

  private record Property(String term, Method accessor) {}

  private static final ClassValue<List<Property>> PROPERTIES = new ClassValue<>() {
    @Override
    protected List<Property> computeValue(Class<?> type) {
      return propertiesOf(type);
    }
  };

  private JsonLd() {}

  /**
   * The whole script element of a record, for a page that has no {@link Head}.
   *
   * @throws IllegalArgumentException for what is no record, cannot be read from here, or holds what has no form in JSON-LD
   */
  public static SafeHtml of(Site site, Record thing) {
    return new SafeHtml("<script type=\"application/ld+json\">" + text(site, thing) + "</script>");
  }

  /** The text of the script element. */
  static String text(Site site, Object thing) {
    if (!(thing instanceof Record top)) {
      throw new IllegalArgumentException("JSON-LD of a " + thing.getClass().getName() + " (expected: a record)");
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("@context", "https://schema.org");
    all.putAll(object(site, top));
    return escape(new String(JsonCodec.jackson().write(all), StandardCharsets.UTF_8));
  }

  /** Outside of strings JSON has none of these characters, so they may be escaped wherever they stand. */
  private static String escape(String json) {
    var text = new StringBuilder(json.length() + 32);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<' -> text.append("\\u003C");
        case '>' -> text.append("\\u003E");
        case '&' -> text.append("\\u0026");
        case '\u2028' -> text.append("\\u2028");
        case '\u2029' -> text.append("\\u2029");
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private static Map<String, Object> object(Site site, Record thing) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("@type", thing.getClass().getSimpleName());
    for (Property property : PROPERTIES.get(thing.getClass())) {
      value(site, read(thing, property.accessor())).ifPresent(value -> all.put(property.term(), value));
    }
    return all;
  }

  /** What a value is in JSON; empty for what says nothing. */
  private static Optional<Object> value(Site site, Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.flatMap(inner -> value(site, inner));
      case OptionalInt number -> number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
      case OptionalLong number -> number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
      case OptionalDouble number -> number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
      case String text -> text.isEmpty() ? Optional.empty() : Optional.of(wellFormed(text));
      case URI address -> Optional.of(address.isAbsolute() ? address.toString() : site.absolute(address.toString()));
      case BigDecimal number -> Optional.of(number.toPlainString()); // a price keeps its zeros
      case Number number -> Optional.of(number);
      case Boolean truth -> Optional.of(truth);
      case Enum<?> constant -> Optional.of("https://schema.org/" + constant.name());
      case Record thing -> Optional.of(object(site, thing));
      case Collection<?> list -> list(site, list);
      case Map<?, ?> map -> map(site, map);
      default -> Optional.of(plain(value));
    };
  }

  /** Half a surrogate pair, which has no form in UTF-8, becomes the replacement character. */
  private static String wellFormed(String text) {
    int[] points = text.codePoints()
        .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
        .toArray();
    return new String(points, 0, points.length);
  }

  private static Optional<Object> list(Site site, Collection<?> list) {
    List<Object> all = new ArrayList<>();
    list.forEach(element -> value(site, element).ifPresent(all::add));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static Optional<Object> map(Site site, Map<?, ?> map) {
    Map<String, Object> all = new LinkedHashMap<>();
    map.forEach((key, element) -> value(site, element).ifPresent(value -> all.put(key.toString(), value)));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static String plain(Object value) {
    if (value.getClass().getPackageName().equals("java.time")) {
      return value.toString();
    }
    throw new IllegalArgumentException("JSON-LD: a " + value.getClass().getName()
        + " (expected: text, a number, a boolean, a URI, a date or time, an enum, a record, a list, a map or an optional)");
  }

  private static List<Property> propertiesOf(Class<?> type) {
    List<Property> all = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Method accessor = component.getAccessor();
      if (!accessor.trySetAccessible()) {
        throw new IllegalArgumentException("JSON-LD of " + type.getName()
            + ", which dev.edge4j.render cannot read (expected: a public record in a package that its module exports)");
      }
      Term term = component.getAnnotation(Term.class);
      all.add(new Property(term == null ? component.getName() : term.value(), accessor));
    }
    return List.copyOf(all);
  }

  private static Object read(Record thing, Method accessor) {
    try {
      Object value = accessor.invoke(thing);
      if (value == null) {
        throw new IllegalArgumentException("JSON-LD: " + thing.getClass().getName() + "." + accessor.getName()
            + " is null (expected: an Optional where there may be nothing)");
      }
      return value;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("it was made accessible", e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException("JSON-LD: " + thing.getClass().getName() + "." + accessor.getName()
          + " failed",
          e.getCause());
    }
  }
}
