package dev.edge4j.data.clickhouse;

import dev.edge4j.data.JsonEvent;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of a table, and which of them a field of an event goes to: {@code createdAt} goes to {@code created_at}. Immutable. */
final class Columns {
  private static final JsonCodec JSON = JsonCodec.jackson();

  private final List<String> names;
  private final Map<String, String> byField = new HashMap<>();

  Columns(List<String> names) {
    this.names = List.copyOf(names);
    Set<String> twice = new HashSet<>();
    for (String name : names) {
      if (byField.putIfAbsent(plain(name), name) != null) {
        twice.add(plain(name));
      }
    }
    twice.forEach(byField::remove); // a field that two columns fit must be one of them to the letter
    names.forEach(name -> byField.put(name, name));
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** The first field of an event that has no column. */
  Optional<String> unknown(JsonEvent event) {
    return event.keySet().stream().filter(field -> column(field).isEmpty()).findFirst();
  }

  /** The event with the names of the columns; a field that has none keeps its own. */
  String row(JsonEvent event) {
    if (event.keySet().stream().allMatch(field -> column(field).orElse(field).equals(field))) {
      return event.json();
    }
    var renamed = new LinkedHashMap<String, Object>();
    event.forEach((field, value) -> renamed.put(column(field).orElse(field), value));
    return new String(JSON.write(renamed), StandardCharsets.UTF_8);
  }

  private Optional<String> column(String field) {
    String exact = byField.get(field);
    return Optional.ofNullable(exact == null ? byField.get(plain(field)) : exact);
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return String.join(", ", new ArrayList<>(names));
  }
}
