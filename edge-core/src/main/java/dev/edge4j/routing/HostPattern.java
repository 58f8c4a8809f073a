package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of a registration: {@code api.example.com}, {@code :tenant.example.com} (a parameter is one label), {@code *.example.com}
 * (one label or more before the rest). Compared without case, and without a port. Immutable and safe for use by many threads.
 */
public final class HostPattern {
  private final String text;
  private final List<String> labels;

  private HostPattern(String text, List<String> labels) {
    this.text = text;
    this.labels = labels;
  }

  /**
   * Reads a host.
   *
   * @throws PatternException if a label is empty, a star is not the first one, or a parameter has no proper name
   */
  public static HostPattern parse(String host) {
    List<String> labels = parts(host);
    List<String> read = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.get(i);
      boolean isStar = label.equals("*") && i == 0 && labels.size() > 1;
      if (!isStar && !isLabel(label) && !isParameter(label)) {
        throw new PatternException(host,
            "a host such as api.example.com, :tenant.example.com or *.example.com, without a port, and an international name as"
                + " clients send it, xn--...");
      }
      if (isParameter(label) && read.contains(label)) {
        throw new PatternException(host, "one parameter of the name " + label.substring(1) + ", not two");
      }
      read.add(isParameter(label) ? label : label.toLowerCase(Locale.ROOT));
    }
    return new HostPattern(host, List.copyOf(read));
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty() && label.chars()
        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
  }

  private static boolean isParameter(String label) {
    return label.length() > 1 && label.charAt(0) == ':' && SegmentParser.isNameStart(label.charAt(1))
        && SegmentParser.nameEnd(label, 1) == label.length();
  }

  /** The host as it was written. */
  public String text() {
    return text;
  }

  /** The names of its parameters. */
  public List<String> parameterNames() {
    return labels.stream().filter(HostPattern::isParameter).map(label -> label.substring(1)).toList();
  }

  /** Whether it matches this host, given in lower case and without a port. */
  public boolean matches(String host) {
    List<String> parts = parts(host);
    int first = labels.getFirst().equals("*") ? 1 : 0;
    int more = parts.size() - labels.size();
    if (more < 0 || (more > 0 && first == 0)) {
      return false;
    }
    for (int i = first; i < labels.size(); i++) {
      if (!isParameter(labels.get(i)) && !labels.get(i).equals(parts.get(i + more))) {
        return false;
      }
    }
    // A parameter becomes part of names: what is no label, an escaped slash say, is no host of ours.
    return parts.stream().allMatch(HostPattern::isLabel);
  }

  /** The value of a parameter in that host; empty if there is none of that name or the host does not match. */
  public Optional<String> param(String host, String name) {
    int fromEnd = labels.size() - labels.indexOf(":" + name);
    if (fromEnd > labels.size() || !matches(host)) {
      return Optional.empty();
    }
    List<String> parts = parts(host);
    return Optional.of(parts.get(parts.size() - fromEnd));
  }

  /** All that this host matches is matched by the other one too. */
  public boolean isWithin(HostPattern other) {
    boolean isStar = other.labels.getFirst().equals("*");
    int more = labels.size() - other.labels.size();
    if (more < 0 || (more > 0 && !isStar)) {
      return false;
    }
    for (int i = isStar ? 1 : 0; i < other.labels.size(); i++) {
      String mine = labels.get(i + more);
      String theirs = other.labels.get(i);
      if (!theirs.equals(mine) && (!isParameter(theirs) || mine.equals("*"))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> parts(String host) {
    return List.of(host.split("\\.", -1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern that && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return labels.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
