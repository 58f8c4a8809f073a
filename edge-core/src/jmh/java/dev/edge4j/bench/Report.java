package dev.edge4j.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The figures as Markdown, ready for {@code docs/performance.md}.
 *
 * @param refusals what a router said that does not take a table, by workload and router
 */
record Report(Figures figures, Map<String, String> refusals, String machine) {
  private static final String NOTHING = "";

  String markdown() {
    var lines = new ArrayList<String>();
    lines.add(machine);
    lines.add(NOTHING);
    lookups(lines);
    bytes(lines);
    pipeline(lines);
    gates(lines);
    aims(lines);
    Figures.Key widest = figures.widest();
    lines.add(String.format(Locale.ROOT, "Least sure: %s, %s (%s), whose quartiles are %.0f %% of the median apart.",
        widest.workload()
            .title(),
        widest.subject().title(), widest.kind().name().toLowerCase(Locale.ROOT), 100 * figures.spread(widest)));
    return String.join("\n", lines);
  }

  private void lookups(List<String> lines) {
    lines.add(
        "| lookups, ratio to the floor | floor | edge4j | Hono RegExpRouter | find-my-way | Hono SmartRouter | edge4j, ns |");
    lines.add("|---|---|---|---|---|---|---|");
    for (Workload workload : Workload.TIMED) {
      lines.add("| " + workload.title() + " | "
          + List.of(Subject.values()).stream().map(s -> ratio(workload, s)).collect(Collectors.joining(" | ")) + " | "
          + whole(figures.lookup(workload, Subject.EDGE4J)) + " |");
    }
    lines.add(NOTHING);
    refusals.values().stream().distinct().forEach(lines::add);
    lines.add(NOTHING);
  }

  private String ratio(Workload workload, Subject subject) {
    if (refusals.containsKey(workload + subject.title())) {
      return "refused";
    }
    return ratio(over(figures.lookup(workload, subject), figures.lookup(workload, Subject.FLOOR)));
  }

  private void bytes(List<String> lines) {
    lines.add("| bytes per lookup | floor | edge4j |");
    lines.add("|---|---|---|");
    for (Workload workload : Workload.COUNTED) {
      lines.add("| " + workload.title() + " | " + tenths(figures.bytes(workload, Subject.FLOOR)) + " | "
          + tenths(figures.bytes(workload, Subject.EDGE4J)) + " |");
    }
    lines.add(NOTHING);
  }

  private void pipeline(List<String> lines) {
    lines.add("| `app.request` | without middleware | five that do nothing | without, ns |");
    lines.add("|---|---|---|---|");
    for (Workload workload : Workload.WHOLE) {
      OptionalDouble without = figures.pipeline(workload, 0);
      lines.add("| " + workload.title() + " | 1 | " + ratio(over(figures.pipeline(workload, 5), without)) + " | "
          + whole(without) + " |");
    }
    lines.add(NOTHING);
  }

  private void gates(List<String> lines) {
    OptionalDouble none = figures.gates(Gates.NONE);
    lines.add("| gates before an inline handler | ns | more than without, ns |");
    lines.add("|---|---|---|");
    for (Gates gates : Gates.values()) {
      OptionalDouble with = figures.gates(gates);
      OptionalDouble more = with.isEmpty() || none.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(with.getAsDouble() - none.getAsDouble());
      lines.add("| " + gates.title() + " | " + whole(with) + " | " + whole(more) + " |");
    }
    lines.add(NOTHING);
  }

  private void aims(List<String> lines) {
    OptionalDouble seven = figures.lookup(Workload.SEVEN, Subject.EDGE4J);
    lines.add("| aim | at most | measured | |");
    lines.add("|---|---|---|---|");
    lines.add(aim("the seven, against Hono's RegExpRouter", 1, over(seven, figures.lookup(Workload.SEVEN,
        Subject.REG_EXP))));
    lines.add(aim("the seven, against the floor", 1.3, over(seven, figures.lookup(Workload.SEVEN, Subject.FLOOR))));
    // What JMH itself allocates is spread over all lookups and stays far below this.
    lines.add(aim("bytes for a static route", 0.05, figures.bytes(Workload.STATIC, Subject.EDGE4J)));
    lines.add(aim("with `/user/:x`, against without", 1.1, over(figures.lookup(Workload.SIBLING, Subject.EDGE4J),
        seven)));
    lines.add(aim("the seven, 200 routes added, against without", 1.5, over(figures.lookup(Workload.CROWDED,
        Subject.EDGE4J), seven)));
    OptionalDouble shop = over(figures.lookup(Workload.SHOP, Subject.EDGE4J), seven);
    lines.add(aim("200 routes and their own requests, against the seven", 1.5, shop));
    lines.add(NOTHING);
    lines.add("The last aim on the floor: " + ratio(over(figures.lookup(Workload.SHOP, Subject.FLOOR), figures.lookup(
        Workload.SEVEN, Subject.FLOOR)))
        + ". Those paths are longer, more of them have a parameter to read, and no processor"
        + " foresees 200 different ways through a tree.");
    lines.add(NOTHING);
  }

  private static String aim(String name, double most, OptionalDouble measured) {
    String verdict = measured.isEmpty() ? "not measured" : measured.getAsDouble() <= most ? "met" : "not met";
    return "| " + name + " | " + most + " | " + ratio(measured) + " | " + verdict + " |";
  }

  private static OptionalDouble over(OptionalDouble figure, OptionalDouble base) {
    return figure.isEmpty() || base.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(figure.getAsDouble() / base.getAsDouble());
  }

  private static String ratio(OptionalDouble figure) {
    return rounded(figure, 2);
  }

  private static String tenths(OptionalDouble figure) {
    return rounded(figure, 1);
  }

  private static String whole(OptionalDouble figure) {
    return rounded(figure, 0);
  }

  private static String rounded(OptionalDouble figure, int digits) {
    return figure.isEmpty()
        ? "-"
        : BigDecimal.valueOf(figure.getAsDouble()).setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }
}
