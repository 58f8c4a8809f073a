package dev.edge4j.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arguments of a program: {@code --name=value}, {@code --name value} and {@code --name}. */
final class Arguments implements Source {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** Reads them. Messages name positions, not texts: a stray argument may be half of a secret. */
  static Arguments parse(List<String> arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--") || argument.length() == 2 || argument.startsWith("--=")) {
        throw new EnvException("argument " + (i + 1)
            + " is not a name (expected: --name=value, --name value or --name)");
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals < 0 ? argument.length() : equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      if (equals < 0 && i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
        i++;
        value = arguments.get(i);
      }
      if (values.putIfAbsent(name, value) != null) {
        throw new EnvException("--" + name + " is given twice (expected: once)");
      }
    }
    return new Arguments(values);
  }

  Set<String> names() {
    return values.keySet();
  }

  @Override
  public Optional<Found> find(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> new Found(value, "--" + name));
  }
}
