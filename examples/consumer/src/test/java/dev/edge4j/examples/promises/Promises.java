package dev.edge4j.examples.promises;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a page whose first column is headed {@code id} and whose last {@code test}: what is promised, row by row, and the tests
 * that keep it.
 */
record Promises(List<Row> rows) {
  private static final Pattern CELL_BORDER = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern TEST = Pattern.compile("`([A-Z][\\w$]*#\\w+)`");
  private static final Set<String> VERDICTS = Set.of("there", "better", "left out");

  /**
   * @param verdict the first words of the column before the last: there, better or left out
   * @param tests as {@code Class#method}
   */
  record Row(String id, String verdict, List<String> tests) {}

  static Promises read(List<String> lines) {
    var rows = new ArrayList<Row>();
    boolean inside = false;
    for (String line : lines) {
      List<String> cells = cells(line);
      if (cells.size() < 3) {
        inside = false;
      } else if (cells.getFirst().equals("id") && cells.getLast().equals("test")) {
        inside = true;
      } else if (inside && !cells.getFirst().matches(":?-+:?")) {
        rows.add(row(cells));
      }
    }
    return new Promises(List.copyOf(rows));
  }

  private static List<String> cells(String line) {
    String text = line.strip();
    return text.startsWith("|") && text.endsWith("|")
        ? CELL_BORDER.splitAsStream(text.substring(1)).map(String::strip).toList()
        : List.of();
  }

  private static Row row(List<String> cells) {
    String said = cells.get(cells.size() - 2);
    String verdict = VERDICTS.stream().filter(said::startsWith).findFirst().orElse(said);
    List<String> tests = TEST.matcher(cells.getLast()).results().map(found -> found.group(1)).toList();
    return new Row(cells.getFirst(), verdict, tests);
  }

  /** What is wrong with the page: ids that have no row or two, and tests that did not run and pass. */
  List<String> problems(List<String> expectedIds, Map<String, TestReports.Outcome> outcomes) {
    List<String> ids = rows.stream().map(Row::id).toList();
    Stream<String> missing = expectedIds.stream()
        .filter(id -> !ids.contains(id))
        .map(id -> id + " (expected: a row)");
    Stream<String> doubled = ids.stream()
        .distinct()
        .filter(id -> ids.stream().filter(id::equals).count() > 1)
        .map(id -> id + " has several rows (expected: one)");
    return Stream.concat(Stream.concat(missing, doubled), rows.stream().flatMap(row -> problems(row, outcomes)))
        .toList();
  }

  private static Stream<String> problems(Row row, Map<String, TestReports.Outcome> outcomes) {
    if (!VERDICTS.contains(row.verdict())) {
      return Stream.of(row.id() + " says \"" + row.verdict() + "\" (expected: there, better or left out)");
    }
    if (row.tests().isEmpty() && !row.verdict().equals("left out")) {
      return Stream.of(row.id() + " names no test (expected: `Class#method`)");
    }
    return row.tests()
        .stream()
        .filter(test -> outcomes.get(test) != TestReports.Outcome.PASSED)
        .map(test -> row.id() + " names " + test + ", which " + described(outcomes.get(test)));
  }

  private static String described(TestReports.@Nullable Outcome outcome) {
    if (outcome == null) {
      return "did not run";
    }
    return switch (outcome) {
      case PASSED -> "passed";
      case SKIPPED -> "was skipped";
      case FAILED -> "failed";
    };
  }
}
