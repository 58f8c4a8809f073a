package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a list of registrations means, said as plainly as possible: each one is tried on its own, segment by segment. Slow, and
 * shares no code with the table that it defines.
 */
final class ReferenceMatcher {
  /** A registration; method {@code *} stands for every method. */
  record Rule(String method, String pattern, String value) {}

  record Answer(String value, Map<String, String> params) {}

  private ReferenceMatcher() {}

  /** Every rule that answers, in the order of the rules. */
  static List<Answer> match(List<Rule> rules, String method, String path) {
    List<Answer> answers = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.method().equals("*") || rule.method().equals(method)) {
        params(rule.pattern(), path).ifPresent(params -> answers.add(new Answer(rule.value(), params)));
      }
    }
    return answers;
  }

  private static Optional<Map<String, String>> params(String pattern, String path) {
    if (pattern.equals("*") || pattern.equals("/*")) {
      return Optional.of(Map.of());
    }
    for (List<String> parts : withoutOptionals(parts(pattern))) {
      Optional<Map<String, String>> params = walk(parts, List.of(path.split("/", -1)));
      if (params.isPresent()) {
        return params;
      }
    }
    return Optional.empty();
  }

  /** The parts with fewer or more of the optional parameters at their end, fewest first. */
  private static List<List<String>> withoutOptionals(List<String> parts) {
    String last = parts.isEmpty() ? "" : parts.getLast();
    boolean isOptional = last.matches(":[^{]+\\?") || (last.endsWith("}?") && expression(last.replaceAll(".$", ""))
        .isPresent());
    if (!isOptional) {
      return List.of(parts.equals(List.of("")) ? List.of("", "") : parts);
    }
    List<List<String>> all = new ArrayList<>(withoutOptionals(parts.subList(0, parts.size() - 1)));
    List<String> full = new ArrayList<>();
    for (String part : parts) {
      full.add(full.size() > parts.size() - 1 - all.size() ? part.substring(0, part.length() - 1) : part);
    }
    all.add(full);
    return all;
  }

  private static Optional<Map<String, String>> walk(List<String> parts, List<String> segments) {
    if (parts.isEmpty()) {
      return segments.isEmpty() ? Optional.of(Map.of()) : Optional.empty();
    }
    String part = parts.getFirst();
    boolean isLast = parts.size() == 1;
    if (isLast && part.equals("*")) {
      return Optional.of(Map.of());
    }
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    var expression = expression(part);
    if (expression.isPresent()) {
      return walkRegex(expression.get(), parts, segments);
    }
    String segment = segments.getFirst();
    if (part.equals("*") || part.matches(":[^{]+")) {
      return segment.isEmpty() ? Optional.empty() : rest(part, segment, parts, segments, 1);
    }
    if (isLast && part.endsWith("*")) {
      boolean begins = String.join("/", segments).startsWith(part.substring(0, part.length() - 1));
      return begins ? Optional.of(Map.of()) : Optional.empty();
    }
    return segment.equals(part) ? rest("", segment, parts, segments, 1) : Optional.empty();
  }

  /** The value takes as many segments as it can, as long as what follows still fits. */
  private static Optional<Map<String, String>> walkRegex(String regex, List<String> parts, List<String> segments) {
    String name = parts.getFirst().substring(0, parts.getFirst().indexOf('{'));
    for (int taken = segments.size(); taken > 0; taken--) {
      String value = String.join("/", segments.subList(0, taken));
      if (value.matches(regex)) {
        var params = rest(name, value, parts, segments, taken);
        if (params.isPresent()) {
          return params;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Map<String, String>> rest(String part, String value, List<String> parts,
      List<String> segments, int taken) {
    return walk(parts.subList(1, parts.size()), segments.subList(taken, segments.size())).map(below -> {
      Map<String, String> params = new LinkedHashMap<>();
      if (part.startsWith(":")) {
        params.put(part.substring(1), value);
      }
      below.forEach(params::putIfAbsent);
      return params;
    });
  }

  /** Cuts at every slash outside the braces of a parameter. */
  private static List<String> parts(String pattern) {
    int from = pattern.matches("(?s):[^/{]*\\{.*") ? closing(pattern) : 0;
    int slash = pattern.indexOf('/', from);
    if (slash < 0) {
      return List.of(pattern);
    }
    List<String> parts = new ArrayList<>(List.of(pattern.substring(0, slash)));
    parts.addAll(parts(pattern.substring(slash + 1)));
    return parts;
  }

  /** The expression between the braces of a part that ends with them. */
  private static Optional<String> expression(String part) {
    return part.matches("(?s):[^{]+\\{.+}") && closing(part) == part.length() - 1
        ? Optional.of(part.substring(part.indexOf('{') + 1, part.length() - 1))
        : Optional.empty();
  }

  /** The brace that closes the first one: braces after a backslash or in square brackets are ordinary characters. */
  private static int closing(String part) {
    String blanked = part.substring(part.indexOf('{'));
    var ordinary = Pattern.compile("(?s)\\\\.|\\[([^\\]\\\\]|\\\\.)*]");
    blanked = ordinary.matcher(blanked).replaceAll(found -> "_".repeat(found.group().length()));
    int open = 0;
    for (int i = 0; i < blanked.length(); i++) {
      open += blanked.charAt(i) == '{' ? 1 : blanked.charAt(i) == '}' ? -1 : 0;
      if (open == 0) {
        return part.indexOf('{') + i;
      }
    }
    throw new IllegalArgumentException(part);
  }
}
