package dev.edge4j.render;

/** Where a tag stands: the template's name and the line from 1, or {@link #NO_LINE}. */
record Place(String template, int line) {
  static final int NO_LINE = 0;

  @Override
  public String toString() {
    return "template " + template + (line == NO_LINE ? "" : ":" + line);
  }
}
