package dev.edge4j.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What proxies say in {@code Forwarded} (RFC 7239 section 4). */
final class Forwarded implements ForwardedTrail {
  private final List<String> elements;

  private Forwarded(List<String> elements) {
    this.elements = elements;
  }

  static ForwardedTrail trail(Headers headers) {
    List<String> elements = new ArrayList<>();
    for (String line : headers.all("Forwarded")) {
      for (String element : split(line)) {
        elements.add(element.strip());
      }
    }
    return new Forwarded(elements);
  }

  /**
   * The elements of one line. A quotation mark that a client opens and does not close would swallow what proxies have added behind it: in such a
   * line every comma counts, and what is quoted wrongly is malformed by itself.
   */
  private static String[] split(String line) {
    return Quoted.isBalanced(line) ? Quoted.split(line, ',') : line.split(",", -1);
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public Optional<ForwardedHop> hop(int index) {
    return pairs(elements.get(index)).filter(pairs -> isNode(pairs.getOrDefault("for", "unknown")))
        .map(pairs -> new ForwardedHop(Optional.ofNullable(pairs.get("for")).flatMap(ForwardedHop::node),
            Optional.ofNullable(pairs.get("proto")).flatMap(ForwardedHop::scheme),
            Optional.ofNullable(pairs.get("host")).flatMap(ForwardedHop::host)));
  }

  /** By names in lower case; empty as a whole if one is malformed or stands twice. White space stands nowhere between them. */
  private static Optional<Map<String, String>> pairs(String element) {
    Map<String, String> pairs = new HashMap<>(4);
    for (String pair : Quoted.split(element, ';')) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      Optional<String> value = equals < 1 ? Optional.empty() : Quoted.value(pair.substring(equals + 1));
      if (value.isEmpty() || !Tokens.isToken(pair.substring(0, equals)) || pairs.putIfAbsent(
          pair.substring(0, equals).toLowerCase(Locale.ROOT), value.get()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(pairs);
  }

  /** An address, or one of the two ways not to say it (section 6), each perhaps with a port. */
  private static boolean isNode(String text) {
    if (ForwardedHop.node(text).isPresent()) {
      return true;
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    return (name.equalsIgnoreCase("unknown") || ForwardedHop.isHidden(name)) && (colon < 0 || ForwardedHop.isPort(text
        .substring(colon)));
  }
}
