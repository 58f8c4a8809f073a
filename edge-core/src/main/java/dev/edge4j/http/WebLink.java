package dev.edge4j.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One link of a {@code Link} field (RFC 8288 section 3): {@code </app.css>; rel=preload; as=style}.
 *
 * @param target a URI or a reference to one, in the characters that a URI has
 * @param parameters {@code rel} and the target's attributes, names in lower case; of a name that stands twice the first counts; the value
 *        is empty where none was given
 */
public record WebLink(String target, Map<String, String> parameters) {
  /** Refuses what would not be read back as the same link. */
  public WebLink {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    if (!target.chars().allMatch(c -> c > ' ' && c < 127 && c != '<' && c != '>' && c != '"' && c != '\\')) {
      throw new IllegalArgumentException("target of a link: \"" + target
          + "\" (expected: the characters of a URI, others escaped; RFC 3986 section 2)");
    }
    parameters.forEach((name, value) -> {
      boolean sound = Tokens.isToken(name) && name.equals(name.toLowerCase(Locale.ROOT)) && Tokens.isFieldValue(value);
      if (!sound) {
        throw new IllegalArgumentException("parameter of a link: " + name
            + " (expected: a token in lower case, and a value without"
            + " control characters)");
      }
    });
  }

  /** A link of that relation. */
  public static WebLink of(String target, String rel) {
    return new WebLink(target, Map.of("rel", rel));
  }

  /** A copy with one attribute more, or another value for one. */
  public WebLink with(String name, String value) {
    var more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new WebLink(target, more);
  }

  /** The value of an attribute. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** True if the link has that relation, perhaps among others. Relations compare without case (section 2.1). */
  public boolean hasRelation(String name) {
    return Arrays.stream(parameters.getOrDefault("rel", "").split("\\s+")).anyMatch(name::equalsIgnoreCase);
  }

  /** The links of all lines of the field {@code Link}; what is malformed is passed over, up to the next link. */
  public static List<WebLink> of(Headers headers) {
    List<WebLink> links = new ArrayList<>();
    for (String line : headers.all("Link")) {
      for (String member : membersOf(line)) {
        parse(member).ifPresent(links::add);
      }
    }
    return links;
  }

  /** Split at commas that stand neither in a target nor in a quoted string. */
  private static List<String> membersOf(String line) {
    List<String> members = new ArrayList<>();
    boolean quoted = false;
    boolean target = false;
    int start = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (target) {
        target = c != '>';
      } else if (c == ',') {
        members.add(line.substring(start, i));
        start = i + 1;
      } else {
        quoted = c == '"';
        target = c == '<';
      }
    }
    members.add(line.substring(start));
    return members;
  }

  /** Reads one link; empty if it is malformed. */
  static Optional<WebLink> parse(String text) {
    String member = text.strip();
    int end = member.indexOf('>');
    if (!member.startsWith("<") || end < 0) {
      return Optional.empty();
    }
    String rest = member.substring(end + 1).strip();
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!rest.isEmpty() && !rest.startsWith(";")) {
      return Optional.empty();
    }
    for (String part : Quoted.split(rest, ';')) {
      if (!part.isBlank() && !read(part.strip(), parameters)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(new WebLink(member.substring(1, end).strip(), parameters));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // characters that no URI has
    }
  }

  private static boolean read(String part, Map<String, String> parameters) {
    int equals = part.indexOf('=');
    String name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
    Optional<String> value = equals < 0 ? Optional.of("") : Quoted.value(part.substring(equals + 1).strip());
    value.ifPresent(given -> parameters.putIfAbsent(name, given));
    return value.isPresent() && Tokens.isToken(name);
  }

  /** As it stands in the field. */
  @Override
  public String toString() {
    var text = new StringBuilder("<").append(target).append('>');
    parameters.forEach((name, value) -> {
      text.append("; ").append(name);
      if (!value.isEmpty()) {
        text.append('=').append(Quoted.quote(value));
      }
    });
    return text.toString();
  }
}
