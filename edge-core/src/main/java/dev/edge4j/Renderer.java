package dev.edge4j;

/** Turns a template's name and a model into HTML. Safe for use by many threads. */
@FunctionalInterface
public interface Renderer {
  /** The request variable that {@link Context#render} reads. */
  Key<Renderer> KEY = Key.named("renderer");

  /** The page, as UTF-8. */
  byte[] render(String template, Object model);
}
