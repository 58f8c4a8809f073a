package dev.edge4j.cache.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.cache.support.Waiting;
import dev.edge4j.client.OriginCall;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.MemoryKv;
import dev.edge4j.middleware.compression.Gzip;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A hit is answered on an event loop, which gates that block are found out on: the tests run with assertions, so they are watched. */
class HitsStayOnTheEventLoopTest {
  private static final int CLIENTS = 200;
  private static final int REQUESTS = 20;

  private final Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
  private final AtomicInteger calls = new AtomicInteger();

  /** Runs its second half where the answer was made. */
  private final Gate where = new Gate() {
    @Override
    public Verdict before(Context c) {
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      if (response.header("X-Cache").orElse("").equals("HIT")) {
        virtual.add(Thread.currentThread().isVirtual());
      }
      return response;
    }
  };

  private static String ask(OriginClient client, int number) throws Exception {
    Request request = Request.get("/tea/" + number % 7)
        .withHeader("Accept-Encoding", number % 2 == 0 ? "gzip" : "identity;q=1, x-" + number);
    try (OriginResponse response = client.send(request, OriginCall.plain())) {
      assertEquals(200, response.status());
      int length = response.body().readAllBytes().length;
      assertTrue(length > 0);
      return response.header("X-Cache").orElse("-");
    }
  }

  @Test
  void underTwoHundredClientsNoGateBlocks() throws Exception {
    assertTrue(HitsStayOnTheEventLoopTest.class.desiredAssertionStatus(), "gates are watched with assertions alone");
    ResponseCache cache = ResponseCache.create(new MemoryKv()).encoded(Gzip.create());
    var app = new App();
    app.use("/*", where);
    app.use("/*", cache);
    app.get("/tea/:id", c -> {
      calls.incrementAndGet();
      return c.text("green tea, black tea. ".repeat(200)).withHeader("Cache-Control", "max-age=600");
    });
    try (Server server = Server.start(app, ServerOptions.port(0));
        OriginClient client = OriginClient.to("http://127.0.0.1:" + server.port());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 14; i++) {
        int number = i;
        Waiting.until(() -> hits(client, number));
      }
      virtual.clear();
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int first = i;
        clients.add(threads.submit((Callable<Integer>) () -> {
          int hits = 0;
          for (int j = 0; j < REQUESTS; j++) {
            hits += ask(client, first + j).equals("HIT") ? 1 : 0;
          }
          return hits;
        }));
      }
      for (Future<Integer> each : clients) {
        assertEquals(REQUESTS, each.get()); // a gate that blocks is a 500
      }
      assertTrue(virtual.contains(false), "no hit was answered on an event loop");
      assertEquals(7, calls.get());
      assertFalse(cache.stats().of(ResponseEvent.HIT) < (long) CLIENTS * REQUESTS);
    }
  }

  private static boolean hits(OriginClient client, int number) {
    try {
      return ask(client, number).equals("HIT");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
