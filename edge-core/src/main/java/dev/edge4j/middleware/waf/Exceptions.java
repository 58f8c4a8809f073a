package dev.edge4j.middleware.waf;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is left out: rules everywhere, in fields of a name, or at paths. Immutable. */
final class Exceptions {
  static final Exceptions NONE = new Exceptions(List.of());

  /** Rules, or all if none are named, for a path and what is below it, for a name, or for everything. */
  private record Entry(Optional<String> path, Optional<String> name, Set<Integer> rules) {
    boolean isAt(String requested) {
      return path.isEmpty() || path.get().equals("/") || requested.equals(path.get()) || requested.startsWith(path.get()
          + "/");
    }

    boolean covers(int rule, Place place) {
      return (name.isEmpty() || name.get().equals(place.name())) && (rules.isEmpty() || rules.contains(rule));
    }
  }

  private final List<Entry> entries;

  private Exceptions(List<Entry> entries) {
    this.entries = entries;
  }

  Exceptions and(Optional<String> path, Optional<String> name, int... rules) {
    Set<Integer> set = Arrays.stream(rules).boxed().collect(Collectors.toCollection(HashSet::new));
    Entry entry = new Entry(path, name, Set.copyOf(set));
    return new Exceptions(Stream.concat(entries.stream(), Stream.of(entry)).toList());
  }

  /** Those that hold for requests of that path. */
  Exceptions at(String path) {
    return entries.stream().allMatch(entry -> entry.path.isEmpty()) ? this
        : new Exceptions(entries.stream()
            .filter(entry -> entry.isAt(path))
            .toList());
  }

  boolean coversAll() {
    for (Entry entry : entries) {
      if (entry.rules.isEmpty() && entry.name.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  boolean covers(int rule, Place place) {
    for (Entry entry : entries) {
      if (entry.covers(rule, place)) {
        return true;
      }
    }
    return false;
  }
}
