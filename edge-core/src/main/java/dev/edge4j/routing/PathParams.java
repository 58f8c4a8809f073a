package dev.edge4j.routing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a pattern found in a path, as they stand there: escapes that the normal form keeps included. Index pairs into the
 * path until someone reads them. Immutable and safe for use by many threads.
 */
public final class PathParams {
  private static final int[] NO_BOUNDS = {};

  private final String[] names;
  private final String path;
  private final int[] bounds;
  private final @Nullable PlainParams plain;

  PathParams(String[] names, String path, int[] bounds) {
    this(names, path, bounds, null);
  }

  /** Those of a pattern that can tell where they stand: its values are looked for when they are read. */
  PathParams(PlainParams plain, String path) {
    this(plain.names(), path, NO_BOUNDS, plain);
  }

  private PathParams(String[] names, String path, int[] bounds, @Nullable PlainParams plain) {
    this.names = names;
    this.path = path;
    this.bounds = bounds;
    this.plain = plain;
  }

  /** The value of that parameter; empty if the pattern has none of that name, or it is optional and was left out. */
  public Optional<String> get(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name) && !name.equals(Segment.UNNAMED)) {
        return Optional.of(valueAt(i));
      }
    }
    return Optional.empty();
  }

  /** All parameters that are present, by name, in the order of the pattern. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (!names[i].equals(Segment.UNNAMED)) {
        map.put(names[i], valueAt(i));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private String valueAt(int capture) {
    PlainParams known = plain;
    return known == null ? path.substring(bounds[2 * capture], bounds[2 * capture + 1]) : known.value(path, capture);
  }

  @Override
  public String toString() {
    return toMap().toString();
  }
}
