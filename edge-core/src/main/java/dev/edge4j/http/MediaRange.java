package dev.edge4j.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One member of an {@code Accept} field: a range of media types, and how welcome they are (RFC 9110 section 12.5.1).
 *
 * @param type {@code text}, or {@code *} for all; in lower case
 * @param subtype {@code html}, or {@code *} for all of the type; in lower case
 * @param parameters the parameters a type must have to be in the range; names in lower case
 * @param quality the weight in thousandths: 1000 is most welcome, 0 is not acceptable
 */
public record MediaRange(String type, String subtype, Map<String, String> parameters, int quality) {
  /** Checks the names and the weight. */
  public MediaRange {
    boolean known = Tokens.isToken(type) && Tokens.isToken(subtype) && (!type.equals("*") || subtype.equals("*"));
    if (!known || quality < 0 || quality > 1000) {
      throw new IllegalArgumentException("media range: " + type + "/" + subtype + " of quality " + quality
          + " (expected: two tokens, * for the first only with * for the second, and 0 to 1000)");
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Reads a range such as {@code text/*;q=0.5}; empty if it is malformed. */
  public static Optional<MediaRange> parse(String text) {
    String[] parts = Quoted.split(text, ';');
    String[] names = parts[0].strip().toLowerCase(Locale.ROOT).split("/", -1);
    if (names.length != 2 || !Tokens.isToken(names[0]) || !Tokens.isToken(names[1])
        || (names[0].equals("*") && !names[1].equals("*"))) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int equals = part.indexOf('=');
      Optional<String> value = equals < 0 ? Optional.empty() : Quoted.value(part.substring(equals + 1));
      String name = part.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
      if (!part.isEmpty() && (!Tokens.isToken(name) || value.isEmpty() || parameters.containsKey(name))) {
        return Optional.empty();
      }
      value.ifPresent(given -> parameters.put(name, given));
    }
    String weight = parameters.getOrDefault("q", "1");
    parameters.remove("q");
    OptionalInt quality = Weight.thousandths(weight);
    return quality.isPresent()
        ? Optional.of(new MediaRange(names[0], names[1], parameters, quality.getAsInt()))
        : Optional.empty();
  }

  /** True if a type such as {@code text/html; charset=utf-8} is in the range. Values of parameters compare without case. */
  public boolean includes(String mediaType) {
    Optional<MediaRange> given = parse(mediaType);
    return given.isPresent() && includes(given.get());
  }

  boolean includes(MediaRange other) {
    return (type.equals("*") || type.equals(other.type)) && (subtype.equals("*") || subtype.equals(other.subtype))
        && parameters.entrySet()
            .stream()
            .allMatch(p -> p.getValue().equalsIgnoreCase(other.parameters.get(p.getKey())));
  }

  /** The more precise of two ranges that include a type decides about it: a named subtype, then a type, then parameters. */
  int precision() {
    return (type.equals("*") ? 0 : subtype.equals("*") ? 1_000 : 2_000) + parameters.size();
  }

  /** As it stands in a field: {@code text/html;level=1;q=0.5}. */
  @Override
  public String toString() {
    var text = new StringBuilder(type).append('/').append(subtype);
    parameters.forEach((name, value) -> text.append(';').append(name).append('=').append(Quoted.quote(value)));
    return quality == 1000 ? text.toString() : text.append(";q=").append(weight()).toString();
  }

  private String weight() {
    return "0." + String.valueOf(1000 + quality).substring(1);
  }
}
