package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.middleware.EarlyHints;
import dev.edge4j.server.tls.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints that were learned are sent before the page, to navigations over HTTP/2 alone, as curl sees them. */
class LearnedHintsReachCurlTest {
  private static final String LINK = "</app.css>; rel=preload; as=style";

  @TempDir private Path folder;

  private Server server;

  @BeforeEach
  void start() throws IOException {
    var app = new App();
    app.use(EarlyHints.create());
    app.get("/page/:id", c -> c.html("<p>" + c.httpVersion().text()).withAddedHeader("Link", LINK));
    server = Server.start(app, ServerOptions.port(0)
        .withEndpoint(Endpoint.port(0).withHost("127.0.0.1").withTls(Tls.development(folder.resolve("certificates")))));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The statuses that came, and the links of each. */
  private List<String> seen(String protocol, String path, String... fields) throws Exception {
    var arguments = new ArrayList<>(List.of("--dump-header", "-", protocol, "--insecure"));
    for (String field : fields) {
      arguments.addAll(List.of("--header", field));
    }
    arguments.add("https://127.0.0.1:" + server.port() + path);
    Curl.Outcome outcome = Curl.run(arguments.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome.output());
    return outcome.output()
        .lines()
        .map(line -> line.toLowerCase(Locale.ROOT).strip())
        .filter(line -> line.startsWith("http/") || line.startsWith("link:") || line.startsWith("<p>"))
        .map(line -> line.startsWith("http/") ? line.split(" ", -1)[1] : line)
        .toList();
  }

  @Test
  void toNavigationsOverHttp2OnceTheyAreLearned() throws Exception {
    String navigates = "Sec-Fetch-Mode: navigate";
    List<String> plain = List.of("200", "link: " + LINK, "<p>http/2");
    assertEquals(plain, seen("--http2", "/page/1", navigates));
    assertEquals(plain, seen("--http2", "/page/2", navigates));
    assertEquals(List.of("103", "link: " + LINK, "200", "link: " + LINK, "<p>http/2"), seen("--http2", "/page/3",
        navigates));
    assertEquals(plain, seen("--http2", "/page/3"));
    assertEquals(plain, seen("--http2", "/page/3", "Sec-Fetch-Mode: cors"));
    assertEquals(plain, seen("--http2", "/page/3", navigates, "Sec-Purpose: prefetch"));
    assertEquals(List.of("200", "link: " + LINK, "<p>http/1.1"), seen("--http1.1", "/page/3", navigates));
  }
}
