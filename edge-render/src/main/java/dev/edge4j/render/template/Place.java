package dev.edge4j.render.template;

import dev.edge4j.render.TemplateException;

/** Where something stands: the template's name, the line and the column from 1, or {@link #UNKNOWN} for both. */
public record Place(String template, int line, int column) {
  /** Stands for a line or a column that is not known. */
  public static final int UNKNOWN = 0;

  /** A place that is a template as a whole. */
  public static Place of(String template) {
    return new Place(template, UNKNOWN, UNKNOWN);
  }

  /** The place some columns to the right. */
  public Place right(int columns) {
    return new Place(template, line, column + columns);
  }

  /** An error that begins with this place. */
  public TemplateException error(String problem) {
    return new TemplateException(template, line, column, problem);
  }

  @Override
  public String toString() {
    return "template " + template + (line == UNKNOWN ? "" : ":" + line + ":" + column);
  }
}
