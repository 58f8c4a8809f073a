package dev.edge4j.env;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody may have meant: the known name at the least edit distance, if that is at most 2 (Wagner and Fischer 1974). */
public final class Suggestion {
  private static final int MAX_DISTANCE = 2;

  private Suggestion() {}

  /** The nearest, of several the first in order; empty if none is near. */
  public static Optional<String> nearest(String given, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(given, name) <= MAX_DISTANCE)
        .min(Comparator.comparingInt((String name) -> distance(given, name)).thenComparing(name -> name));
  }

  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
