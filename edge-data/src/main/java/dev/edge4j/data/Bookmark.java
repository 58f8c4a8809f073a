package dev.edge4j.data;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a visitor has written and read, by class of data: what a cookie carries from one request to the next. Whoever hands
 * it out must sign it, or a client can ask for a position that never comes and so push all his reads to the origin:
 * {@link MeshBookmarks} does.
 */
public record Bookmark(Map<String, Position> positions) {
  /** Of a visitor who has written nothing yet. */
  public static final Bookmark NONE = new Bookmark(Map.of());

  /** The longest text that {@link #parse} reads. */
  static final int MAX_LENGTH = 2_048;
  private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]*)\\.([0-9a-f]{1,16})");

  public Bookmark {
    positions = Map.copyOf(positions);
  }

  /** This bookmark, moved on for one class of data, never back. */
  public Bookmark with(String name, Position position) {
    var moved = new TreeMap<>(positions);
    moved.merge(name, position, Position::merge);
    return new Bookmark(moved);
  }

  /** Both, class by class the later position; of two histories that of {@code newer} counts. */
  public Bookmark merge(Bookmark newer) {
    Bookmark merged = this;
    for (var entry : newer.positions.entrySet()) {
      merged = merged.with(entry.getKey(), entry.getValue());
    }
    return merged;
  }

  Bookmark without(String name) {
    var kept = new TreeMap<>(positions);
    kept.remove(name);
    return new Bookmark(kept);
  }

  /** What it says of these classes alone. */
  public Bookmark only(Set<String> names) {
    var kept = new TreeMap<>(positions);
    kept.keySet().retainAll(names);
    return new Bookmark(kept);
  }

  /** The form for a cookie: letters, digits, points, hyphens and underscores, and tildes between classes. */
  public String text() {
    var text = new StringBuilder();
    new TreeMap<>(positions).forEach((name, position) -> text.append(text.isEmpty() ? "" : "~")
        .append(encode(name))
        .append('.')
        .append(encode(position.history()))
        .append('.')
        .append(Long.toHexString(position.offset())));
    return text.toString();
  }

  /** Reads {@link #text}; empty if it is not one. */
  public static Optional<Bookmark> parse(String text) {
    var positions = new TreeMap<String, Position>();
    if (text.isEmpty()) {
      return Optional.of(NONE);
    }
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (String entry : text.split("~", -1)) {
      Matcher parts = ENTRY.matcher(entry);
      if (!parts.matches()) {
        return Optional.empty();
      }
      try {
        positions.put(decode(parts.group(1)),
            new Position(decode(parts.group(2)), Long.parseLong(parts.group(3), 16)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(new Bookmark(positions));
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
