package dev.edge4j.cache.http;

import dev.edge4j.http.Headers;
import dev.edge4j.http.structured.Bare;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.Member;
import dev.edge4j.http.structured.StructuredFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which directives of a response count for this cache (RFC 9213 section 2.2): those of the first targeted field that is there, can be
 * read and says anything; then {@code Cache-Control} and {@code Expires} do not.
 *
 * @param directives what they say
 * @param targeted true if they are those of a targeted field
 */
record ResponseControl(CacheControl directives, boolean targeted) {

  static ResponseControl of(Headers headers, List<String> fields) {
    for (String field : fields) {
      List<String> lines = headers.all(field);
      Optional<CacheControl> said = lines.isEmpty() ? Optional.empty()
          : field.equalsIgnoreCase("Surrogate-Control") ? surrogate(lines) : structured(headers, field);
      if (said.isPresent()) {
        return new ResponseControl(said.get(), true);
      }
    }
    return new ResponseControl(CacheControl.of(headers), false);
  }

  /** A dictionary of RFC 9651; a number where one is due, or the whole field counts for nothing. */
  private static Optional<CacheControl> structured(Headers headers, String field) {
    Optional<Map<String, Member>> members = StructuredFields.dictionary(headers, field);
    if (members.isEmpty()) { // names in upper case are none: a sender that has not read the standard, but is clear
      members = StructuredFields.parseDictionary(String.join(",", headers.all(field)).toLowerCase(Locale.ROOT));
    }
    List<String> directives = new ArrayList<>();
    for (Map.Entry<String, Member> member : members.orElse(Map.of()).entrySet()) {
      Optional<String> directive = directive(member.getKey(), member.getValue());
      if (directive.isEmpty()) {
        return Optional.empty();
      }
      directives.add(directive.get());
    }
    return directives.isEmpty() ? Optional.empty() : Optional.of(CacheControl.of(directives));
  }

  private static Optional<String> directive(String name, Member member) {
    if (!(member instanceof Item(Bare value, var _))) {
      return Optional.empty();
    }
    boolean number = switch (name) {
      case "max-age", "s-maxage", "stale-while-revalidate", "stale-if-error" -> true;
      default -> false;
    };
    return switch (value) {
      case Bare.Whole(long seconds) -> Optional.of(name + "=" + seconds);
      case Bare.Flag(boolean _) when number -> Optional.empty();
      case Bare.Flag(boolean yes) -> Optional.of(yes ? name : "");
      case Bare.Text(String text) when !number -> Optional.of(name + "=\"" + text.replace("\"", "") + '"');
      case Bare.Token(String token) when !number -> Optional.of(name + "=" + token);
      default -> number ? Optional.empty() : Optional.of(name);
    };
  }

  /** Of the W3C's edge architecture: directives with a target behind a semicolon, which is taken for this cache. */
  private static Optional<CacheControl> surrogate(List<String> lines) {
    List<String> directives = new ArrayList<>();
    for (String line : lines) {
      for (String directive : line.split(",", -1)) {
        directives.add(directive.split(";", 2)[0]);
      }
    }
    CacheControl control = CacheControl.of(directives);
    return control.has("max-age") || control.has("no-store") ? Optional.of(control) : Optional.empty();
  }
}
