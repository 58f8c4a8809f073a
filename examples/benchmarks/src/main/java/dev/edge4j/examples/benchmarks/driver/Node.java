package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Hono's server and its packages. */
final class Node {
  private static final Path SOURCES = Path.of("src", "main", "node");

  private Node() {}

  /** Where it is started. */
  static Path home(Path target) throws IOException {
    return Files.createDirectories(target.resolve("node"));
  }

  /** Those who can take part: without Node, or its packages, a line says so. */
  static List<Subject> without(List<Subject> subjects, Path target) throws InterruptedException {
    if (subjects.stream().noneMatch(Subject::isNode) || isInstalled(target)) {
      return subjects;
    }
    return subjects.stream().filter(each -> !each.isNode()).toList();
  }

  private static boolean isInstalled(Path target) throws InterruptedException {
    if (!Tools.isThere("node") || !Tools.isThere("npm")) {
      System.err.println("Without Hono: there is no node or npm on the path");
      return false;
    }
    try {
      Path home = home(target);
      for (String file : List.of("package.json", "server.mjs")) {
        Files.copy(SOURCES.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!Files.exists(home.resolve("node_modules"))) {
        Tools.run(home, 120, List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
      }
      return true;
    } catch (IOException e) {
      System.err.println("Without Hono: " + e.getMessage());
      return false;
    }
  }
}
