package dev.edge4j.examples.shop;

import dev.edge4j.Route;
import dev.edge4j.data.DataClass;
import dev.edge4j.examples.shop.world.Town;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/** What the shop tells whoever starts it. */
final class Printout {
  private static final int BAR = 32;
  private static final int STEPS = 4;

  private final PrintStream out;

  Printout(PrintStream out) {
    this.out = out;
  }

  /** A bar that is drawn over itself on a terminal, a few lines elsewhere. */
  LongConsumer progress(int total, boolean terminal) {
    int stride = Math.max(1, total / (terminal ? BAR : STEPS));
    return done -> {
      if (done % stride != 0 && done != total) {
        return;
      }
      if (terminal) {
        int filled = (int) (done * BAR / total);
        out.print("\rMaking products [" + "#".repeat(filled) + " ".repeat(BAR - filled) + "] " + done + (done == total
            ? "\n"
            : ""));
        out.flush();
      } else {
        out.println("Making products: " + done + " of " + total);
      }
    };
  }

  /** Which route runs where, and what costs it a thread. */
  void routes(List<Route> routes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "ROUTE", "FAST LANE ENDS AT", "PLACE"));
    routes.forEach(route -> rows.add(List.of(route.method(), route.pattern(), route.hopsAt(), route.place()
        .toString())));
    table(rows);
  }

  /** Which class of data lies where, and what it promises. */
  void stores(List<DataClass> classes) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("DATA", "KIND", "ENGINE", "PROMISE", "PLACE"));
    classes.forEach(each -> rows.add(List.of(each.name(), each.kind().toString(), each.engine(), each.promise()
        .toString(), each.place().toString())));
    rows.add(List.of("carts", "OBJECTS", "durable objects", "one turn at a time, on disk first", "edge"));
    table(rows);
  }

  /** Which region is where, and how far from the origin: simulated. */
  void regions(Collection<Region> regions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("REGION", "ADDRESS", "TO THE ORIGIN, SIMULATED"));
    regions.forEach(each -> rows.add(List.of(each.town().title(), each.url("127.0.0.1"), each
        .town() == Town.VIRGINIA ? "is the origin" : each.town().to(Town.VIRGINIA).toMillis() + " ms one way")));
    table(rows);
  }

  private void table(List<List<String>> rows) {
    var widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
    out.println();
  }
}
