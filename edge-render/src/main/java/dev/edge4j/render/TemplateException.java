package dev.edge4j.render;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A template that does not compile, or a page that cannot be rendered. The message begins with template, line and column, as in
 * {@code template shop/cart:3:14: unknown name "tilte" ...}.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String template;
  private final int line;
  private final int column;

  /** A problem at a place; line and column count from 1, and 0 says that they are not known. */
  public TemplateException(String template, int line, int column, String problem) {
    this(template, line, column, problem, null);
  }

  /** A problem at a place, with what caused it. */
  public TemplateException(String template, int line, int column, String problem, @Nullable Throwable cause) {
    super("template " + template + (line == 0 ? "" : ":" + line + ":" + column) + ": " + problem, cause);
    this.template = template;
    this.line = line;
    this.column = column;
  }

  /** Template, line, column, and what is wrong. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The name of the template with the problem: that of the partial or layout when it is in one. */
  public String template() {
    return template;
  }

  /** The line, counted from 1, where known. */
  public OptionalInt line() {
    return line == 0 ? OptionalInt.empty() : OptionalInt.of(line);
  }

  /** The column of that line, counted from 1 in UTF-16 units, where known. */
  public OptionalInt column() {
    return column == 0 ? OptionalInt.empty() : OptionalInt.of(column);
  }
}
