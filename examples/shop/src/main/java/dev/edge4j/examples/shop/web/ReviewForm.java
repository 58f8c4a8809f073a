package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What was typed into the form for reviews.
 *
 * @param problem what was wrong with it
 */
record ReviewForm(Optional<String> problem, String stars, String body) {
  /** Nothing yet. */
  static final ReviewForm EMPTY = new ReviewForm(Optional.empty(), "", "");

  /** A choice of the form. */
  record Choice(int stars, String title, boolean chosen) {}

  private static final List<String> TITLES = List.of("Poor", "Fair", "Good", "Very good", "Excellent");

  static ReviewForm of(Context c, String problem) {
    return new ReviewForm(Optional.of(problem), c.form("stars").orElse(""), c.form("body").orElse(""));
  }

  /** From five stars to one. */
  public List<Choice> choices() {
    return IntStream.of(5, 4, 3, 2, 1)
        .mapToObj(n -> new Choice(n, TITLES.get(n - 1), stars.equals(String.valueOf(n))))
        .toList();
  }
}
