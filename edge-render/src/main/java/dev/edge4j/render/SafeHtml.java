package dev.edge4j.render;

/**
 * A piece of HTML that the application vouches for: the only type that {@code {{{x}}}} and {@code {{&x}}} print. It is never
 * to be made of what a visitor typed without a sanitizer in between.
 */
public record SafeHtml(String html) {
  /** The HTML itself. */
  @Override
  public String toString() {
    return html;
  }
}
