package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one pattern means, as docs/decisions/0012 says it and as plainly as possible: a list of segments, tried one after the other
 * in nested loops. Slow, and shares no code with the table that it defines.
 *
 * @param segments what stands between the slashes; the first is empty where the pattern begins with one
 * @param variants the same with fewer or more of the optional parameters, the shortest first
 */
public record ReferencePattern(List<List<Piece>> segments, List<List<List<Piece>>> variants) {
  /** What a segment is made of. */
  sealed interface Piece {}

  /** Signs that stand for themselves. */
  record Text(String text) implements Piece {}

  /** A parameter, perhaps with an expression, perhaps optional. */
  record Param(String name, Optional<Pattern> expression, boolean optional) implements Piece {}

  /** A star that is one segment, or makes the text before it a prefix. */
  record Star() implements Piece {}

  /** A star that is the last segment, perhaps with a name. */
  record Rest(Optional<String> name) implements Piece {}

  /** The pattern cannot be meant. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /** Reads a pattern; throws {@link Refused}. */
  public static ReferencePattern of(String text) {
    List<List<Piece>> segments = new ReferenceReader(text).segments();
    return new ReferencePattern(segments, variants(segments));
  }

  public boolean matches(String path) {
    return params(path).isPresent();
  }

  /** The parameters, in the order of the pattern; empty if the path does not match. */
  Optional<Map<String, String>> params(String path) {
    List<Piece> last = segments.getLast();
    if (isRest(last) && (segments.size() == 1 || segments.equals(List.of(List.of(), last)))) {
      return Optional.of(with(last, path.contains("/") ? path.substring(path.indexOf('/') + 1) : "", Map.of()));
    }
    List<String> parts = List.of(path.split("/", -1));
    for (List<List<Piece>> variant : variants) {
      Optional<Map<String, String>> params = walk(variant, parts);
      if (params.isPresent()) {
        return params;
      }
    }
    return Optional.empty();
  }

  private static boolean isRest(List<Piece> segment) {
    return segment.stream().anyMatch(Rest.class::isInstance);
  }

  /** The pattern with fewer or more of the optional parameters at its end, the shortest first. */
  private static List<List<List<Piece>>> variants(List<List<Piece>> segments) {
    List<List<List<Piece>>> variants = new ArrayList<>();
    int least = segments.size();
    while (least > 0 && isOptional(segments.get(least - 1))) {
      least--;
    }
    for (int size = least; size <= segments.size(); size++) {
      List<List<Piece>> variant = segments.subList(0, size);
      List<List<Piece>> slash = List.of(List.of(), List.of());
      List<List<Piece>> nothing = List.of(List.of());
      variants.add(variant.isEmpty() ? nothing : variant.equals(nothing) ? slash : variant);
    }
    return variants;
  }

  static boolean isOptional(List<Piece> segment) {
    return segment.stream().anyMatch(piece -> piece instanceof Param param && param.optional());
  }

  private static Optional<Map<String, String>> walk(List<List<Piece>> pattern, List<String> path) {
    if (pattern.isEmpty()) {
      return path.isEmpty() ? Optional.of(Map.of()) : Optional.empty();
    }
    List<Piece> segment = pattern.getFirst();
    if (isRest(segment)) {
      return Optional.of(with(segment, String.join("/", path), Map.of()));
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    if (segment.equals(List.of(new Star()))) {
      return path.getFirst().isEmpty() ? Optional.empty() : below(pattern, path, 1);
    }
    if (segment.contains(new Star())) {
      boolean begins = segment.getFirst() instanceof Text(String text) && String.join("/", path).startsWith(text);
      return begins ? Optional.of(Map.of()) : Optional.empty();
    }
    if (segment.stream().anyMatch(piece -> piece instanceof Param param && param.expression().isPresent())) {
      return walkExpression(pattern, path);
    }
    Map<String, String> params = new LinkedHashMap<>();
    return fill(segment, path.getFirst(), params) ? below(pattern, path, 1).map(below -> {
      params.putAll(below);
      return params;
    }) : Optional.empty();
  }

  /** The value takes as many segments as it can, as long as what follows still fits. */
  private static Optional<Map<String, String>> walkExpression(List<List<Piece>> pattern, List<String> path) {
    List<Piece> segment = pattern.getFirst();
    String before = segment.getFirst() instanceof Text(String text) ? text : "";
    String behind = segment.getLast() instanceof Text(String text) ? text : "";
    for (int taken = path.size(); taken > 0; taken--) {
      String whole = String.join("/", path.subList(0, taken));
      if (whole.length() >= before.length() + behind.length() && whole.startsWith(before) && whole.endsWith(behind)) {
        String value = whole.substring(before.length(), whole.length() - behind.length());
        var below = below(pattern, path, taken);
        if (below.isPresent() && segment.stream().allMatch(piece -> accepts(piece, value))) {
          return Optional.of(with(segment, value, below.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean accepts(Piece piece, String value) {
    return !(piece instanceof Param param) || param.expression().orElseThrow().matcher(value).matches();
  }

  private static Optional<Map<String, String>> below(List<List<Piece>> pattern, List<String> path, int taken) {
    return walk(pattern.subList(1, pattern.size()), path.subList(taken, path.size()));
  }

  /** Each parameter without an expression takes as little as it can, from left to right. */
  private static boolean fill(List<Piece> pieces, String segment, Map<String, String> params) {
    if (pieces.isEmpty()) {
      return segment.isEmpty();
    }
    List<Piece> others = pieces.subList(1, pieces.size());
    if (pieces.getFirst() instanceof Text(String text)) {
      return segment.startsWith(text) && fill(others, segment.substring(text.length()), params);
    }
    String name = ((Param) pieces.getFirst()).name();
    for (int length = 1; length <= segment.length(); length++) {
      params.put(name, segment.substring(0, length));
      if (fill(others, segment.substring(length), params)) {
        return true;
      }
      params.remove(name);
    }
    return false;
  }

  /** The one parameter of a segment, before those below it. */
  private static Map<String, String> with(List<Piece> segment, String value, Map<String, String> below) {
    Map<String, String> params = new LinkedHashMap<>();
    for (Piece piece : segment) {
      switch (piece) {
        case Param(String name, _, _) -> params.put(name, value);
        case Rest(Optional<String> name) -> name.ifPresent(given -> params.put(given, value));
        case Text _,Star _ -> {
        }
      }
    }
    params.putAll(below);
    return params;
  }
}
