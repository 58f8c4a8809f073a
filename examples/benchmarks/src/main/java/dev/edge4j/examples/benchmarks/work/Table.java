package dev.edge4j.examples.benchmarks.work;

import java.util.ArrayList;
import java.util.List;

/** 200 routes of 50 resources. Only one is asked for: {@code /api/resource35/42/notes/7}, which answers its two parameters. */
public final class Table {
  private static final int RESOURCES = 50;

  private Table() {}

  /** Three of four, which nobody asks for, as {@code /a/:b}. */
  public static List<String> others() {
    var patterns = new ArrayList<String>();
    for (String resource : resources()) {
      patterns.addAll(List.of(resource, resource + "/:id", resource + "/:id/notes"));
    }
    return patterns;
  }

  /** The routes that answer {@link Answers#note}, as {@code /a/:id/b/:note}. */
  public static List<String> notes() {
    return resources().stream().map(resource -> resource + "/:id/notes/:note").toList();
  }

  /** The same pattern as {@code /a/{b}}. */
  public static String braces(String pattern) {
    return pattern.replaceAll(":([a-z]+)", "{$1}");
  }

  private static List<String> resources() {
    var resources = new ArrayList<String>();
    for (int i = 0; i < RESOURCES; i++) {
      resources.add("/api/resource" + i);
    }
    return resources;
  }
}
