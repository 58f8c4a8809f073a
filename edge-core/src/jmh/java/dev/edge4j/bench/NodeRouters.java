package dev.edge4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The routers of Node, each workload in a process of its own.
 *
 * @param home where the script and the packages are
 */
record NodeRouters(Path home, String version, Settings settings) {
  private static final Path SOURCES = Path.of("src", "jmh", "node");

  /** What a router said.
   *
   * @param refusal why it does not take the table
   */
  record Answer(List<Double> samples, Optional<String> refusal) {}

  /** Installs the packages where they are missing; empty, and a line why, if that is not to be had. */
  static Optional<NodeRouters> install(Path target, Settings settings) throws InterruptedException {
    try {
      Path home = Files.createDirectories(target.resolve("node"));
      for (String file : List.of("package.json", "routers.mjs")) {
        Files.copy(SOURCES.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      String version = run(home, "", List.of("node", "--version")).getFirst();
      if (!Files.exists(home.resolve("node_modules"))) {
        run(home, "", List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"));
      }
      return Optional.of(new NodeRouters(home, version, settings));
    } catch (IOException e) {
      System.err.println("Without Node: " + e.getMessage());
      return Optional.empty();
    }
  }

  Answer lookups(Workload workload, Subject subject) throws InterruptedException {
    List<String> command = List.of("node", "routers.mjs", subject.title(), "" + settings.warmUp() / 3,
        "" + settings.iterations(), "" + settings.length());
    try {
      List<String> lines = run(home, input(workload), command);
      return lines.getFirst().startsWith("refused")
          ? new Answer(List.of(), Optional.of(lines.getFirst()))
          : new Answer(lines.stream().map(Double::valueOf).toList(), Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String input(Workload workload) {
    var lines = new ArrayList<String>();
    workload.routes().forEach(route -> lines.add("route " + route.method() + " " + route.pattern()));
    for (Line request : workload.requests()) {
      String line = "request " + request.method() + " " + request.path().orElseThrow() + " " + request.pattern();
      lines.add(request.firstParameter().isEmpty() ? line : line + " " + request.firstParameter());
    }
    return String.join("\n", lines);
  }

  private static List<String> run(Path directory, String input, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return output.lines().toList();
  }
}
