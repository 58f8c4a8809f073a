package dev.edge4j.server.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.server.Endpoint;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** h2spec 2.2.0, the conformance suite for HTTP/2, finds nothing: all its cases, and all that it keeps for who asks for strictness. */
class H2specIT {
  /** Where the build has put what the plugin of h2spec carries. */
  private static final Path ARCHIVE = Path.of("target/h2spec/h2spec/2.2.0/h2spec_linux_amd64.tar.gz");
  private static final int CASES = 145;

  /** In a strict run one case more. */
  private static final int STRICT_CASES = 146;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;

  /** What a run said about one case. */
  record Case(String section, String name, boolean passed) {}

  private static App app() {
    var app = new App();
    // More than a few bytes, or h2spec leaves out the case that makes a window negative.
    app.get("/", c -> c.text("Hello, h2spec"));
    app.post("/", c -> Response.bytes(200, "text/plain", c.request().body().stream().readAllBytes()));
    return app;
  }

  @BeforeEach
  void onlyWhereItRuns() {
    boolean runnable = System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
    Assumptions.assumeTrue(runnable, "h2spec comes as a program for Linux on amd64 alone: not run here");
  }

  @Test
  void everyCasePassesInClearText() throws Exception {
    assertAllPass(CASES, plain());
  }

  @Test
  void everyStrictCasePassesInClearText() throws Exception {
    assertAllPass(STRICT_CASES, plain("--strict"));
  }

  @Test
  void everyCasePassesOverTls() throws Exception {
    assertAllPass(CASES, secured());
  }

  @Test
  void everyStrictCasePassesOverTls() throws Exception {
    assertAllPass(STRICT_CASES, secured("--strict"));
  }

  private List<Case> plain(String... options) throws Exception {
    try (var server = Server.start(app(), ServerOptions.port(0).withHost("127.0.0.1"))) {
      return run(server.port(), options);
    }
  }

  private List<Case> secured(String... options) throws Exception {
    Endpoint endpoint = Endpoint.port(0).withHost("127.0.0.1").withTls(Tls.development(folder.resolve("certificate")));
    try (var server = Server.start(app(), ServerOptions.port(0).withEndpoint(endpoint))) {
      return run(server.port(), Stream.concat(Stream.of("-t", "-k"), Stream.of(options)).toArray(String[]::new));
    }
  }

  private static void assertAllPass(int expected, List<Case> cases) {
    assertEquals(List.of(), cases.stream().filter(one -> !one.passed()).toList());
    assertEquals(expected, cases.size());
  }

  private List<Case> run(int port, String... options) throws Exception {
    unpack();
    Path report = folder.resolve("report.xml");
    List<String> command = new ArrayList<>(List.of(folder.resolve("h2spec").toString(), "-h", "127.0.0.1", "-p", ""
        + port,
        "-o", "10", "-j", report.toString()));
    command.addAll(List.of(options));
    var process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
    try {
      assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "h2spec has not ended");
    } finally {
      process.destroyForcibly();
    }
    return cases(report);
  }

  private void unpack() throws IOException, InterruptedException {
    assertTrue(Files.exists(ARCHIVE), ARCHIVE
        + " (expected: there, the build unpacks it before the integration tests)");
    var tar = new ProcessBuilder("tar", "xzf", ARCHIVE.toString(), "-C", folder.toString()).inheritIO().start();
    assertEquals(0, tar.waitFor());
  }

  private static List<Case> cases(Path report) throws Exception {
    NodeList nodes = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(report.toFile())
        .getElementsByTagName("testcase");
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      var node = (Element) nodes.item(i);
      boolean passed = node.getElementsByTagName("*").getLength() == 0; // no failure, error or skipped in it
      cases.add(new Case(node.getAttribute("package"), node.getAttribute("classname"), passed));
    }
    return cases;
  }
}
