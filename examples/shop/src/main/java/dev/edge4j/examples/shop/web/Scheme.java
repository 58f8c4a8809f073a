package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Light or dark, as a visitor has picked it, or as the system says. It is in the first bytes of a page: nothing flashes. */
public enum Scheme {
  SYSTEM("light dark"), LIGHT("light"), DARK("dark");

  /** The cookie that holds what was picked. */
  static final String COOKIE = "scheme";

  /** A button of the picker. */
  public record Choice(String slug, String title, boolean current) {}

  private final String content;

  Scheme(String content) {
    this.content = content;
  }

  /** What this visitor has picked. */
  public static Scheme of(Context c) {
    return c.cookie(COOKIE).flatMap(Scheme::find).orElse(SYSTEM);
  }

  static Optional<Scheme> find(String slug) {
    return Arrays.stream(values()).filter(scheme -> scheme.slug().equals(slug)).findFirst();
  }

  /** The value of {@code <meta name="color-scheme">}. */
  public String content() {
    return content;
  }

  /** What was picked in place of the system's choice. */
  public Optional<String> picked() {
    return this == SYSTEM ? Optional.empty() : Optional.of(slug());
  }

  /** The buttons of the picker. */
  public List<Choice> choices() {
    return Arrays.stream(values())
        .map(each -> new Choice(each.slug(), each.name().charAt(0) + each.slug().substring(1), each == this))
        .toList();
  }

  String slug() {
    return name().toLowerCase(Locale.ROOT);
  }
}
