package dev.edge4j.env;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the surroundings of an application decide: ports, paths, secrets. A value is looked for in the arguments
 * ({@code --port=8080}, {@code --port 8080}, {@code --verbose}), then in the environment ({@code EDGE4J_PORT}; dots and hyphens become
 * underscores), then in the properties file that {@code --config} or {@code EDGE4J_CONFIG} names, if one does.
 *
 * <p>What is missing or wrong throws {@link EnvException} with one line that names the key, what was given and what is expected.
 * Read everything at the start of {@code main}, then call {@link #rejectUnknown}, so that a process with a wrong configuration does
 * not come up at all.
 *
 * <p>Safe for use by many threads.
 */
public final class Env {
  private static final String CONFIG = "config";
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,11}");

  private final Arguments arguments;
  private final List<Source> sources;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  private Env(Arguments arguments, List<Source> sources) {
    this.arguments = arguments;
    this.sources = sources;
    this.asked.add(CONFIG);
  }

  /** The surroundings of this process: pass the arguments of {@code main}. */
  public static Env of(String... arguments) {
    return of(List.of(arguments), System.getenv());
  }

  /** Surroundings of any kind; for tests. */
  public static Env of(List<String> arguments, Map<String, String> environment) {
    Arguments parsed = Arguments.parse(arguments);
    Environment variables = new Environment(Map.copyOf(environment));
    Env withoutFile = new Env(parsed, List.of(parsed, variables));
    return withoutFile.has(CONFIG)
        ? new Env(parsed, List.of(parsed, variables, ConfigFile.read(withoutFile.path(CONFIG))))
        : withoutFile;
  }

  /** True if a value is given, of whatever kind. */
  public boolean has(String name) {
    return find(name).isPresent();
  }

  public String text(String name) {
    return required(name, find(name)).text();
  }

  public String text(String name, String fallback) {
    return find(name).map(Source.Found::text).orElse(fallback);
  }

  /** A whole number of 32 bits. */
  public int integer(String name) {
    return required(name, readInteger(name));
  }

  public int integer(String name, int fallback) {
    return readInteger(name).orElse(fallback);
  }

  /** A duration: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}, or ISO 8601. */
  public Duration duration(String name) {
    return required(name, readDuration(name));
  }

  /** As {@link #duration(String)}, if given. */
  public Duration duration(String name, Duration fallback) {
    return readDuration(name).orElse(fallback);
  }

  /** A path; whether anything is there is not looked at. */
  public Path path(String name) {
    return required(name, readPath(name));
  }

  /** As {@link #path(String)}, if given. */
  public Path path(String name, Path fallback) {
    return readPath(name).orElse(fallback);
  }

  /** True for {@code --name} or the value {@code true}, false for {@code false} or if it is not given. */
  public boolean flag(String name) {
    Optional<Boolean> value = read(name, "true or false", text -> switch (text) {
      case "", "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    });
    return value.orElse(false);
  }

  /** A text that must not be printed. Rather not an argument: other users of the machine can see those. */
  public Secret secret(String name) {
    String text = required(name, find(name)).text();
    if (text.isEmpty()) {
      throw new EnvException(name + " is empty (expected: a secret)");
    }
    return Secret.of(text);
  }

  /** Throws if there is an argument whose name is neither one of these nor was asked for before; says what may have been meant. */
  public void rejectUnknown(String... known) {
    asked.addAll(Arrays.asList(known));
    for (String name : arguments.names()) {
      if (!asked.contains(name)) {
        throw new EnvException("--" + name + " is not known" + Suggestion.nearest(name, asked)
            .map(near -> " (expected: --" + near + "?)")
            .orElse(" (expected: one of --" + String.join(", --", asked.stream().sorted().toList()) + ")"));
      }
    }
  }

  private Optional<Integer> readInteger(String name) {
    return read(name, "a whole number of 32 bits", text -> {
      long value = INTEGER.matcher(text).matches() ? Long.parseLong(text) : Long.MAX_VALUE;
      return value == (int) value ? Optional.of((int) value) : Optional.empty();
    });
  }

  private Optional<Duration> readDuration(String name) {
    return read(name, "a duration such as 500ms, 30s, 5m, 2h, 7d", Durations::parse);
  }

  private Optional<Path> readPath(String name) {
    return read(name, "a path", text -> {
      try {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    });
  }

  private <T> Optional<T> read(String name, String expected, Function<String, Optional<T>> parse) {
    return find(name).map(found -> parse.apply(found.text())
        .orElseThrow(() -> new EnvException(name + ": \"" + found.text().replaceAll("\\p{Cntrl}", " ") + "\" from "
            + found.from() + " (expected: "
            + expected + ")")));
  }

  private Optional<Source.Found> find(String name) {
    asked.add(name);
    return sources.stream().flatMap(source -> source.find(name).stream()).findFirst();
  }

  private static <T> T required(String name, Optional<T> value) {
    return value.orElseThrow(() -> new EnvException(name + " is missing (expected: --" + name + "=..., "
        + Environment.variable(name) + " or the file named by --config)"));
  }
}
