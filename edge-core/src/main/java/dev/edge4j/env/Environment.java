package dev.edge4j.env;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Environment variables: {@code cache.max-age} is {@code EDGE4J_CACHE_MAX_AGE}. An empty one counts as not set. */
record Environment(Map<String, String> variables) implements Source {
  static String variable(String name) {
    return "EDGE4J_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  @Override
  public Optional<Found> find(String name) {
    String variable = variable(name);
    return Optional.ofNullable(variables.get(variable))
        .filter(value -> !value.isEmpty())
        .map(value -> new Found(value, variable));
  }
}
