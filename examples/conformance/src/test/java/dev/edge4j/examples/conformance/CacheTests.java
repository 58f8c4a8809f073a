package dev.edge4j.examples.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The npm package {@code http-cache-tests} in the one version that {@code package.json} names: its origin server, which runs until this is closed, and its client.
 * Its results are told by its own {@code lib/display.mjs}: a test does not count as passed if one that it depends on has not.
 *
 * <p>The package declares npm itself and a template engine as dependencies, which neither its server nor its client needs; something small stands for them.
 */
final class CacheTests implements AutoCloseable {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  private static final long START_SECONDS = 30;
  private static final long RUN_SECONDS = 120;

  private final Path home;
  private final int port;
  private final Process origin;
  private final Thread orphanGuard;

  /**
   * What came of one test.
   *
   * @param kind {@code required}, {@code optimal} or {@code check}
   * @param word {@code pass}, or why not: {@code fail}, {@code setup}, {@code dependency}, ...
   * @param said what went wrong, empty if nothing did
   */
  record Result(String kind, String word, String id, String said) {
    boolean passed() {
      return word.equals("pass");
    }

    @Override
    public String toString() {
      return kind + " " + id + " (" + word + ") " + said;
    }
  }

  private CacheTests(Path home, int port, Process origin) {
    this.home = home;
    this.port = port;
    this.origin = origin;
    this.orphanGuard = new Thread(origin::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(orphanGuard);
  }

  /** Installs the package, if it is not there, and starts its origin server on a free port. */
  static CacheTests start() throws IOException, InterruptedException {
    Path home = Files.createDirectories(MODULE.resolve("target/http-cache-tests").toAbsolutePath());
    for (String file : List.of("package.json", "count.mjs")) {
      Files.copy(MODULE.resolve("src/test/resources/http-cache-tests").resolve(file), home.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(home.resolve("node_modules/http-cache-tests/cli.mjs"))) {
      run(home, Map.of(), "install", "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent");
    }
    int port = freePort();
    var server = program(home, Map.of("npm_config_protocol", "http", "npm_config_port", "" + port,
        "npm_config_pidfile", home.resolve("origin.pid").toString()), "node", "server/server.mjs");
    Process process = server.directory(suite(home).toFile())
        .redirectOutput(home.resolve("origin.log").toFile())
        .start();
    var tests = new CacheTests(home, port, process);
    tests.awaitStart();
    return tests;
  }

  /** Where its origin server listens. */
  String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** Runs all of its tests against that proxy. */
  List<Result> run(String base) throws IOException, InterruptedException {
    Path results = home.resolve("results.json");
    String json = run(suite(home), Map.of("npm_config_base", base, "npm_package_config_id", ""), "cli", "node",
        "--no-warnings", "cli.mjs");
    Files.writeString(results, json);
    return run(home, Map.of(), "count", "node", "count.mjs", results.toString()).lines()
        .map(line -> line.split("\t", -1))
        .map(parts -> new Result(parts[0], parts[1], parts[2], parts[3]))
        .toList();
  }

  private void awaitStart() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!origin.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException("the origin server of http-cache-tests did not start: " + Files.readString(home.resolve(
            "origin.log")));
      }
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path suite(Path home) {
    return home.resolve("node_modules/http-cache-tests");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static ProcessBuilder program(Path folder, Map<String, String> environment, String... command) {
    var program = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    program.environment().putAll(environment);
    return program;
  }

  /** Runs a program to its end, and returns what it printed. */
  private static String run(Path folder, Map<String, String> environment, String name, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("http-cache-tests", name);
    try {
      Process process = program(folder, environment, command).redirectOutput(output.toFile()).start();
      if (!process.waitFor(RUN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      if (process.waitFor() != 0) {
        throw new IOException(Stream.of(command).toList() + " ended with " + process.exitValue()
            + " (expected: 0; it needs Node, npm and the package of src/test/resources/http-cache-tests): "
            + Files.readString(output));
      }
      return Files.readString(output, UTF_8);
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() {
    origin.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(orphanGuard);
  }
}
