package dev.edge4j.render;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A template that does not compile, or a page that cannot be rendered. The message begins with template and line. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final String template;
  private final int line;

  TemplateException(Place place, String problem) {
    this(place, problem, null);
  }

  TemplateException(Place place, String problem, @Nullable Throwable cause) {
    super(place + ": " + problem, cause);
    this.message = place + ": " + problem;
    this.template = place.template();
    this.line = place.line();
  }

  /** Template, line, and what is wrong. */
  @Override
  public String getMessage() {
    return message;
  }

  /** The name of the template with the problem: that of the partial or layout when it is in one. */
  public String template() {
    return template;
  }

  /** The line, counted from 1, where known. */
  public OptionalInt line() {
    return line == Place.NO_LINE ? OptionalInt.empty() : OptionalInt.of(line);
  }
}
