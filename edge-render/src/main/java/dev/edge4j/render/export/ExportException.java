package dev.edge4j.render.export;

import java.util.List;

/** An export that was not written, for something in it is broken. The message names all of it. */
public final class ExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ExportException(List<String> problems) {
    super(problems.size() + " problems, nothing was written:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each in a line. */
  public List<String> problems() {
    return problems;
  }
}
