package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.client.OriginCall;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.proxy.Proxy;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same over sockets, with the cache in front of a proxy: what arrives from the origin reaches all, whoever leaves. */
class StreamsOverASocketTest {
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ResponseCache cache = ResponseCache.create().etags(false);
  private volatile boolean breaks;
  private Server origin;
  private Server edge;
  private OriginClient client;
  private OriginClient visitor;

  @BeforeEach
  void start() {
    var behind = new App();
    behind.get("/tea", c -> {
      calls.incrementAndGet();
      return new Response(200, Headers.of("Cache-Control", "max-age=60", "Content-Type", "text/plain"), new Body.Stream(
          out -> {
            out.write("first,".getBytes(StandardCharsets.UTF_8));
            out.flush();
            try {
              Waiting.until(opened);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            if (breaks) {
              throw new IOException("broken on purpose");
            }
            out.write("second".getBytes(StandardCharsets.UTF_8));
          }));
    });
    origin = Server.start(behind, ServerOptions.port(0));
    client = OriginClient.to("http://127.0.0.1:" + origin.port());
    var app = new App();
    app.use("/*", cache);
    app.all("/*", Proxy.to(client));
    edge = Server.start(app, ServerOptions.port(0));
    visitor = OriginClient.to("http://127.0.0.1:" + edge.port());
  }

  @AfterEach
  void stop() {
    opened.countDown();
    threads.close();
    visitor.close();
    edge.close();
    client.close();
    origin.close();
  }

  private OriginResponse ask() throws IOException {
    return visitor.send(Request.get("/tea"), OriginCall.plain());
  }

  /** Reads the first half, and then what comes. */
  private String read(CountDownLatch half) throws IOException {
    try (OriginResponse response = ask()) {
      InputStream body = response.body();
      String first = new String(body.readNBytes(6), StandardCharsets.UTF_8);
      half.countDown();
      return first + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Future<String>> readers(int many, CountDownLatch halves) {
    List<Future<String>> readers = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      readers.add(threads.submit(() -> read(halves)));
    }
    return readers;
  }

  @Test
  void allHaveTheFirstHalfBeforeTheSecondWasSentAndTheLeaderMayLeave() throws Exception {
    OriginResponse leader = ask();
    assertEquals('f', leader.body().read());
    var halves = new CountDownLatch(20);
    List<Future<String>> readers = readers(20, halves);
    Waiting.until(halves);
    leader.abort();
    opened.countDown();
    for (Future<String> reader : readers) {
      assertEquals("first,second", reader.get());
    }
    Waiting.until(() -> cache.stats().of(ResponseEvent.STORED) > 0);
    try (OriginResponse hit = ask()) {
      assertEquals("HIT", hit.header("X-Cache").orElseThrow());
    }
    assertEquals(1, calls.get());
  }

  @Test
  void whatBreaksOffCannotBeTakenForItsEnd() throws Exception {
    breaks = true;
    var halves = new CountDownLatch(5);
    List<Future<String>> readers = readers(5, halves);
    Waiting.until(halves);
    opened.countDown();
    for (Future<String> reader : readers) {
      assertTrue(assertThrows(ExecutionException.class, reader::get).getCause() instanceof IOException);
    }
    assertEquals(1, calls.get());
    assertEquals(0, cache.stats().of(ResponseEvent.STORED));
  }
}
