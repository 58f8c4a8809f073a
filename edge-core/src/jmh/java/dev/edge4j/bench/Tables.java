package dev.edge4j.bench;

import dev.edge4j.routing.PathPattern;
import dev.edge4j.routing.RouteTable;

/** The tables of a workload. What is registered is the text of the pattern, so that an answer can be checked. */
final class Tables {
  private Tables() {}

  static RadixTree<String> floor(Workload workload) {
    var tree = new RadixTree<String>();
    workload.routes().forEach(line -> tree.add(line.method(), line.pattern(), line.pattern()));
    return tree;
  }

  static RouteTable<String> edge4j(Workload workload) {
    RouteTable.Builder<String> table = RouteTable.builder();
    workload.routes().forEach(line -> table.add(line.method(), PathPattern.parse(line.pattern()), line.pattern()));
    return table.build();
  }
}
