package dev.edge4j.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.server.tls.Authority;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine of HTTP/2 that others wrote (nghttp2, in Node.js) understands ours, with TLS and without. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
@Timeout(60)
class NodeIsAskedOverHttp2Test {
  private static final String PROGRAM = """
      const http2 = require('http2'), fs = require('fs');
      const [cert, key] = process.argv.slice(2);
      const answer = (stream, headers) => {
        const path = headers[':path'];
        if (path === '/echo') {
          stream.respond({ ':status': 200 });
          stream.pipe(stream);
        } else if (path === '/hints') {
          stream.additionalHeaders({ ':status': 103, link: '</a.css>; rel=preload' });
          stream.respond({ ':status': 200, 'content-length': 2 });
          stream.end('ok');
        } else if (path === '/behind') {
          stream.respond({ ':status': 200 }, { waitForTrailers: true });
          stream.on('wantTrailers', () => stream.sendTrailers({ digest: '7' }));
          stream.end('x'.repeat(100000));
        } else if (path === '/refused') {
          stream.close(http2.constants.NGHTTP2_REFUSED_STREAM);
        } else if (path === '/leave') {
          stream.respond({ ':status': 200 });
          stream.end('bye');
          stream.session.close();
        } else {
          stream.respond({ ':status': 200 });
          stream.end(`${headers[':method']} ${path} ${headers[':authority']} ${headers['x-field']}`);
        }
        stream.on('error', () => {});
      };
      const server = cert ? http2.createSecureServer({ cert: fs.readFileSync(cert), key: fs.readFileSync(key) }) : http2.createServer();
      server.on('stream', answer);
      server.listen(0, '127.0.0.1', () => console.log(server.address().port));
      process.stdin.on('end', () => process.exit(0)).resume();
      """;

  private final Process node;
  private final String authority;
  private final OriginClient client;

  /** @param folder of this instance alone: others make their certificates at the same time */
  NodeIsAskedOverHttp2Test(boolean secure, @TempDir Path folder) throws Exception {
    Path program = Files.writeString(folder.resolve("origin.cjs"), PROGRAM);
    List<String> command = new ArrayList<>(List.of("node", program.toString()));
    OriginOptions options = OriginOptions.defaults().withRetries(1);
    if (secure) {
      var certifying = new Authority(folder);
      var certified = certifying.server("node");
      command.add(certified.chain().toString());
      command.add(certified.key().toString());
      options = options.withTls(certifying.visitor());
    } else {
      options = options.withProtocol(OriginProtocol.HTTP_2);
    }
    node = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = node.inputReader();
    authority = "127.0.0.1:" + out.readLine();
    client = OriginClient.to((secure ? "https://" : "http://") + authority, options);
  }

  @AfterEach
  void stop() {
    client.close();
    node.destroy();
  }

  @Test
  void requestsAndAnswersArriveAsTheyWere() throws Exception {
    try (OriginResponse response = client.send(Request.get("/a%20b?c=d").withHeader("X-Field", "\u00e4"))) {
      assertEquals("2.0", response.version());
      assertEquals("GET /a%20b?c=d " + authority + " \u00c3\u00a4", new String(response.bytes(1000), ISO_8859_1));
    }
    List<String> hints = new ArrayList<>();
    OriginCall call = OriginCall.plain().withOnEarlyHints(fields -> hints.add(fields.first("link").orElse("")));
    assertEquals("ok", client.send(Request.get("/hints"), call).text(9));
    assertEquals(List.of("</a.css>; rel=preload"), hints);
    try (OriginResponse response = client.send(Request.get("/behind"))) {
      assertEquals(100_000, response.bytes(100_000).length);
      assertEquals(Headers.of("digest", "7"), response.trailers());
    }
  }

  @Test
  void largeBodiesGoBothWaysAtOnce() throws Exception {
    byte[] large = new byte[3_000_000];
    new Random(2).nextBytes(large);
    var stream = new ByteArrayInputStream(large);
    Request request = Request.post("/echo").withBody(new RequestBody() {
      @Override
      public InputStream stream() {
        return stream;
      }

      @Override
      public boolean isReady(int bytes) {
        return false;
      }
    });
    try (OriginResponse response = client.send(request)) {
      assertArrayEquals(large, response.bytes(large.length));
    }
  }

  @Test
  void manyAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Request request = Request.post("/echo").withJson("{\"n\":" + i + "}");
        answers.add(threads.submit(() -> client.send(request).text(1000)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertEquals("{\"n\":" + i + "}", answers.get(i).get());
      }
    }
  }

  @Test
  void whatItRefusesIsAskedAgainAndWhatItClosesIsOpenedAgain() throws Exception {
    try (OriginResponse response = client.send(Request.get("/leave"))) {
      assertEquals("bye", response.text(9));
    }
    for (int i = 0; i < 10; i++) {
      assertEquals("bye", client.send(Request.post("/leave")).text(9));
    }
    OriginException refused = assertThrows(OriginException.class, () -> client.send(Request.post(
        "/refused").withJson("{}")));
    assertEquals(OriginException.Kind.REFUSED, refused.kind());
  }
}
