package dev.edge4j.examples.shop.orders;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The numbers of an {@code IN} list. As arguments, not as text: stores remember the statements that they have seen, and there are as many as lists are long.
 *
 * @param names what stands between the brackets
 * @param args what belongs to it
 */
record Ids(String names, Map<String, Long> args) {
  /** A list of these, at least one. */
  static Ids of(Collection<Long> ids) {
    Map<String, Long> args = new LinkedHashMap<>();
    ids.forEach(id -> args.put("id" + args.size(), id));
    return new Ids(args.keySet().stream().map(":"::concat).collect(Collectors.joining(", ")), args);
  }
}
