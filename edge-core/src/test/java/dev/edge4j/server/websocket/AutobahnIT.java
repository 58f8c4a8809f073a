package dev.edge4j.server.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.server.Server;
import dev.edge4j.support.LongRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The fuzzing client of the Autobahn test suite (0.6.4, which knows no compression) against an echo server. It is a program for Python that
 * runs under Jython in a JVM of its own; a Maven plugin's jar carries it, and the build puts both into {@code target/autobahn}.
 */
class AutobahnIT {
  private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
  /** Framing, pings, reserved bits, opcodes, fragments, UTF-8, closes, fragmented payloads. */
  private static final String SECTIONS = "1.*,2.*,3.*,4.*,5.*,6.*,7.*,10.*";
  private static final int CASES = 247;
  /** Large messages, which take the client minutes. */
  private static final String LARGE = "9.*";
  private static final int LARGE_CASES = 54;

  /** What the RFC leaves open: a close right behind a large message, and close codes from 5000 on. */
  private static final Map<String, String> OPEN = new TreeMap<>(Map.of("7.1.6", "INFORMATIONAL INFORMATIONAL", "7.13.1",
      "INFORMATIONAL INFORMATIONAL", "7.13.2", "INFORMATIONAL INFORMATIONAL"));

  /** The outcome of a case, as the client reports it. */
  record Result(String behavior, String behaviorClose, int duration, Optional<Integer> remoteCloseCode,
      String reportfile) {
    String text() {
      return behavior + " " + behaviorClose;
    }
  }

  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void everyCaseIsPassed() throws Exception {
    try (Server server = EchoServer.start()) {
      var results = new TreeMap<>(run(server, "first", LongRun.isOn() ? SECTIONS + "," + LARGE : SECTIONS));
      String again = results.entrySet()
          .stream()
          .filter(e -> !isGood(e.getKey(), e.getValue()))
          .map(Map.Entry::getKey)
          .collect(Collectors.joining(","));
      if (!again.isEmpty()) { // the client gives an echo half a second by the clock, whatever else the machine does
        results.putAll(run(server, "again", again));
      }
      Map<String, String> notOk = new TreeMap<>();
      results.forEach((id, result) -> notOk.put(id, result.text()));
      notOk.values().removeIf("OK OK"::equals);
      assertEquals(OPEN, notOk, "reports are in " + reports("first"));
      assertEquals(LongRun.isOn() ? CASES + LARGE_CASES : CASES, results.size());
    }
  }

  private static boolean isGood(String id, Result result) {
    return result.text().equals(OPEN.getOrDefault(id, "OK OK"));
  }

  private static Map<String, Result> run(Server server, String name, String cases)
      throws IOException, InterruptedException {
    List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
        "-Dpython.cachedir.skip=true", "-cp", classPath(), "org.python.util.jython",
        MODULE.resolve("src/test/autobahn/client.py").toString(), "" + server.port(), reports(name).toString(), cases);
    Process client = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(MODULE.resolve("target/autobahn/" + name + ".log").toFile())
        .start();
    try {
      assertEquals(0, client.waitFor(), "the client failed, see target/autobahn/" + name + ".log");
    } finally {
      client.destroy();
    }
    byte[] index = Files.readAllBytes(reports(name).resolve("index.json"));
    Map<String, Map<String, Result>> agents = JsonCodec.jackson().read(index, new TypeRef<>() {});
    return agents.getOrDefault("Edge4J", Map.of());
  }

  private static Path reports(String name) {
    return MODULE.resolve("target/autobahn/" + name).toAbsolutePath();
  }

  private static String classPath() throws IOException {
    try (var files = Files.list(MODULE.resolve("target/autobahn"))) {
      List<String> jars = files.map(Path::toString).filter(file -> file.endsWith(".jar")).sorted().toList();
      assertTrue(jars.size() == 2, "target/autobahn holds " + jars + " (expected: the suite and Jython)");
      return String.join(File.pathSeparator, jars);
    }
  }
}
