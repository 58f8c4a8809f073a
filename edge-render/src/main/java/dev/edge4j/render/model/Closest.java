package dev.edge4j.render.model;

import java.util.Collection;
import java.util.Comparator;

/** "Did you mean": the known name at the smallest Levenshtein distance, if it is near. */
public final class Closest {
  private static final int NEAR = 2;

  private Closest() {}

  /** A hint to append to a message, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return known.stream()
        .filter(other -> distance(name, other) <= NEAR)
        .min(Comparator.comparingInt((String other) -> distance(name, other)).thenComparing(Comparator.naturalOrder()))
        .map(other -> " (did you mean \"" + other + "\"?)")
        .orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
