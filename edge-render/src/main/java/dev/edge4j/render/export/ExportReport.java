package dev.edge4j.render.export;

import java.util.List;

/**
 * What became of an export.
 *
 * @param files what was written, by its path in the folder, in order; compressed forms are not named
 * @param problems what is wrong: links that lead nowhere, and what cannot be a file
 * @param notes what a server of files will do otherwise: links with a query, streams of events
 */
public record ExportReport(List<String> files, List<String> problems, List<String> notes) {
  /** Keeps copies. */
  public ExportReport {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }
}
