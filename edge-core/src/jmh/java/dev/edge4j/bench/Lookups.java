package dev.edge4j.bench;

import dev.edge4j.routing.RouteTable;
import java.util.Objects;
import org.openjdk.jmh.infra.Blackhole;

/** What is measured: every request of a ring is looked up, and the value and the first parameter are read. */
final class Lookups {
  private Lookups() {}

  static void floor(RadixTree<String> tree, Ring ring, Blackhole hole) {
    for (int i = 0; i < Ring.SIZE; i++) {
      RadixTree.Match<String> match = Objects.requireNonNull(tree.find(ring.methods[i], ring.paths[i]));
      hole.consume(match.value());
      String name = ring.names[i];
      if (!name.isEmpty()) {
        hole.consume(match.param(name));
      }
    }
  }

  static void edge4j(RouteTable<String> table, Ring ring, Blackhole hole) {
    for (int i = 0; i < Ring.SIZE; i++) {
      RouteTable.Entry<String> entry = table.find(ring.methods[i], ring.paths[i]).orElseThrow();
      hole.consume(entry.value());
      String name = ring.names[i];
      if (!name.isEmpty()) {
        hole.consume(entry.pattern().paramsOfMatch(ring.paths[i]).get(name).orElseThrow());
      }
    }
  }
}
