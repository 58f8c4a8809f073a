package dev.edge4j.data.mesh.config;

import dev.edge4j.env.Durations;
import dev.edge4j.env.Secret;
import dev.edge4j.env.Suggestion;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The settings of one store or class of data in a mesh file. Texts may hold {@code ${NAME}}, which is looked up when they are read.
 * Every error says where in the file the setting stands, and shows what the file says, never what a reference stands for. Safe for
 * use by many threads.
 */
public final class ConfigSection {
  /** A key that is called one, or a value with a password in its address. */
  private static final Pattern SECRET = Pattern.compile("(?i)^\\S*(password|secret|token|key)\\S* |@");

  private static final Pattern RATE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,9})?");

  private final String path;
  private final String name;
  private final Map<String, Object> values;
  private final Variables variables;
  private final Function<String, Optional<OpenedStore>> stores;

  ConfigSection(String parent, String name, Map<String, Object> values, Variables variables,
      Function<String, Optional<OpenedStore>> stores) {
    this.path = parent + "." + name;
    this.name = name;
    this.values = values;
    this.variables = variables;
    this.stores = stores;
  }

  /** The same, with stores to refer to. */
  ConfigSection over(Function<String, Optional<OpenedStore>> others) {
    return new ConfigSection(path.substring(0, path.length() - name.length() - 1), name, values, variables, others);
  }

  /** What the section is called in the file. */
  public String name() {
    return name;
  }

  /** True if the setting is given. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  public String text(String key) {
    return text(key, Optional.empty());
  }

  public String text(String key, String fallback) {
    return text(key, Optional.of(fallback));
  }

  /** A text that is never shown. */
  public Secret secret(String key) {
    String text = text(key);
    if (text.isEmpty()) {
      throw new MeshConfigException(path + "." + key + " is empty (expected: a secret)");
    }
    return Secret.of(text);
  }

  /** A whole number, 0 or more. */
  public int integer(String key) {
    Object value = values.get(key);
    Optional<String> digits = switch (value) {
      case Integer number -> Optional.of(number.toString());
      case String text when Variables.isReference(text) -> Optional.of(text(key));
      case null -> throw missing(key);
      default -> Optional.empty();
    };
    return digits.filter(text -> text.matches("[0-9]{1,10}"))
        .map(BigInteger::new)
        .filter(number -> number.bitLength() < Integer.SIZE)
        .map(BigInteger::intValue)
        .orElseThrow(() -> wrong(key, "a whole number"));
  }

  /** As {@link #integer(String)}, if given. */
  public int integer(String key, int fallback) {
    return has(key) ? integer(key) : fallback;
  }

  /** A positive duration with its unit: {@code 500ms}, {@code 5s}, {@code 1h}. */
  public Duration duration(String key) {
    String expected = "a duration with its unit, as in \"500ms\", \"5s\", \"1h\"";
    if (values.get(key) instanceof Number) {
      throw wrong(key, expected);
    }
    return Durations.parse(text(key)).filter(Duration::isPositive).orElseThrow(() -> wrong(key, expected));
  }

  /** As {@link #duration(String)}, if given. */
  public Duration duration(String key, Duration fallback) {
    return has(key) ? duration(key) : fallback;
  }

  /** True or false; false if it is not given. */
  public boolean flag(String key) {
    return flag(key, false);
  }

  public boolean flag(String key, boolean fallback) {
    return switch (values.get(key)) {
      case null -> fallback;
      case Boolean value -> value;
      case String text when Variables.isReference(text) && text(key).matches("true|false") -> text(key).equals("true");
      default -> throw wrong(key, "true or false");
    };
  }

  /** A path; whether anything is there is not looked at. */
  public Path path(String key) {
    try {
      String text = text(key);
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException _) {
      // Said below, without what a reference may have put into it.
    }
    throw wrong(key, "a path");
  }

  /** One of the constants, in lower case and with hyphens: {@code READ_ONLY} is {@code read-only}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    if (!has(key)) {
      return fallback;
    }
    List<E> constants = List.of(type.getEnumConstants());
    List<String> words = constants.stream().map(ConfigSection::word).toList();
    int found = words.indexOf(text(key));
    if (found < 0) {
      throw wrong(key, suggestion(text(key), words));
    }
    return constants.get(found);
  }

  /** A list of texts; empty if it is not given. */
  public List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    if (!(values.get(key) instanceof List<?> list)) {
      throw wrong(key, "a list of texts");
    }
    for (Object value : list) {
      if (!(value instanceof String text)) {
        throw wrong(key, "a list of texts");
      }
      texts.add(variables.resolve(path + "." + key, text));
    }
    return texts;
  }

  /** Another store of the same file, by the name that the setting holds: the origin of a copy. It is opened first. */
  public OpenedStore store(String key) {
    String other = text(key);
    return stores.apply(other).orElseThrow(() -> wrong(key, "the name of a store of this file"));
  }

  /** An error about a setting: shows it as it stands in the file, unless it may be a secret. */
  public MeshConfigException wrong(String key, String expected) {
    Object value = values.get(key);
    String shown = SECRET.matcher(key + " " + value).find() ? "***"
        : value instanceof String text ? '"' + text.replaceAll("\\p{Cntrl}", " ") + '"' : String.valueOf(value);
    return new MeshConfigException(path + "." + key + ": " + shown + " (expected: " + expected + ")");
  }

  /** A share, over 0 and up to 1, if given. */
  double rate(String key, double fallback) {
    Object value = values.get(key);
    if (value == null) {
      return fallback;
    }
    String shown = value instanceof String text && Variables.isReference(text) ? text(key)
        : value instanceof Number ? value.toString() : "";
    double rate = RATE.matcher(shown).matches() ? Double.parseDouble(shown) : 0;
    if (rate <= 0 || rate > 1) {
      throw wrong(key, "a share over 0, up to 1");
    }
    return rate;
  }

  /** An object in this one, if given. */
  Optional<ConfigSection> section(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    var inner = new LinkedHashMap<String, Object>();
    if (!(values.get(key) instanceof Map<?, ?> map)) {
      throw wrong(key, "an object");
    }
    map.forEach((name, value) -> inner.put(String.valueOf(name), value));
    return Optional.of(new ConfigSection(path, key, inner, variables, stores));
  }

  /** Throws if there is a setting that is none of these; says what may have been meant. */
  void allow(Set<String> known) {
    for (String key : new TreeSet<>(values.keySet())) {
      if (!known.contains(key)) {
        throw new MeshConfigException(path + "." + key + " is not known (expected: " + suggestion(key,
            List.copyOf(new TreeSet<>(known))) + ")");
      }
    }
  }

  /** Where it stands in the file. */
  String path() {
    return path;
  }

  static String suggestion(String given, List<String> known) {
    return Suggestion.nearest(given, known)
        .map(near -> '"' + near + '"')
        .orElse("one of " + String.join(", ", known));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String text(String key, Optional<String> fallback) {
    return switch (values.get(key)) {
      case null -> fallback.orElseThrow(() -> missing(key));
      case String text -> variables.resolve(path + "." + key, text);
      default -> throw wrong(key, "a text in quotes");
    };
  }

  private MeshConfigException missing(String key) {
    return new MeshConfigException(path + "." + key + " is missing (given: " + values.keySet() + ")");
  }
}
