package dev.edge4j.data;

import dev.edge4j.BadRequest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Where a page ends, as text for a URL: the values of the keyset's columns, each with its type, behind a sign of the keyset. Nothing is
 * signed: whoever changes it reads the same list from another place. Each value is a letter, its length and a colon, and its text.
 */
record Cursor(String keyset, List<Object> values) {
  private static final int MAX_LENGTH = 4_096;

  Cursor {
    values = List.copyOf(values);
  }

  String text() {
    var text = new StringBuilder();
    add(text, 'k', keyset);
    for (Object value : values) {
      switch (value) {
        case Long number -> add(text, 'l', number.toString());
        case Double number -> add(text, 'd', number.toString());
        case BigDecimal number -> add(text, 'n', number.toString());
        case String string -> add(text, 's', string);
        case Boolean flag -> add(text, 'b', flag.toString());
        case Instant instant -> add(text, 'i', instant.toString());
        case LocalDate date -> add(text, 'y', date.toString());
        case UUID uuid -> add(text, 'u', uuid.toString());
        default -> throw new IllegalArgumentException("no cursor holds a " + value.getClass().getName());
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What a driver gives as one of the types that a cursor holds. Throws {@link MappingException} for what has no order to go on in. */
  static Object value(Object column, String name) {
    return switch (column) {
      case Long _,Double _,BigDecimal _,String _,Boolean _,Instant _,LocalDate _,UUID _ -> column;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Float number -> number.doubleValue();
      case OffsetDateTime time -> time.toInstant();
      default -> throw new MappingException("column " + name + " is a " + column.getClass().getSimpleName()
          + " (expected: a number, a text, a time, a date, a UUID or true and false)");
    };
  }

  /** Reads {@link #text} of the same keyset; throws {@link BadRequest} for anything else. */
  static Cursor parse(String text, String keyset, int columns) {
    try {
      if (text.length() <= MAX_LENGTH) {
        var parts = new Parts(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        if (parts.next().equals(keyset)) {
          var values = new ArrayList<Object>();
          while (parts.hasNext()) {
            values.add(parts.next());
          }
          if (values.size() == columns) {
            return new Cursor(keyset, values);
          }
        }
      }
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException | IndexOutOfBoundsException _) {
      // Said below: nobody learns more about it.
    }
    throw new BadRequest("after", "is not where a page of this list ends");
  }

  private static void add(StringBuilder text, char type, String value) {
    text.append(type).append(value.length()).append(':').append(value);
  }

  /** Takes a text apart. Confined to one parse. */
  private static final class Parts {
    private final String text;
    private int at;

    Parts(String text) {
      this.text = text;
    }

    boolean hasNext() {
      return at < text.length();
    }

    Object next() {
      char type = text.charAt(at);
      int colon = text.indexOf(':', at);
      int length = Integer.parseUnsignedInt(text.substring(at + 1, colon));
      String value = text.substring(colon + 1, Math.addExact(colon + 1, length));
      at = colon + 1 + length;
      return switch (type) {
        case 'k', 's' -> value;
        case 'l' -> Long.valueOf(value);
        case 'd' -> Double.valueOf(value);
        case 'n' -> new BigDecimal(value);
        case 'b' -> Boolean.valueOf(value);
        case 'i' -> Instant.parse(value);
        case 'y' -> LocalDate.parse(value);
        case 'u' -> UUID.fromString(value);
        default -> throw new IllegalArgumentException("type " + type);
      };
    }
  }
}
