package dev.edge4j.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.server.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 5 over a socket: a prefix is buffered without blocking the event loop, and what a gate answers leaves the body behind. */
class PrefixesArriveWithoutBlockingTest {
  private final Trace trace = new Trace();
  private final App app = new App();

  /** A firewall that looks at ten bytes. */
  private final class Firewall implements Gate {
    @Override
    public Verdict before(Context c) {
      String seen = new String(c.bodyPrefix(), StandardCharsets.UTF_8);
      trace.add("saw " + seen + (Thread.currentThread().isVirtual() ? " on a virtual thread" : ""));
      return seen.contains("evil") ? Verdict.answer(c.text(403, "refused")) : Verdict.pass();
    }

    @Override
    public int bodyPrefix() {
      return 10;
    }
  }

  private Served serve(Gate... gates) {
    return serve(Duration.ofSeconds(20), gates);
  }

  private Served serve(Duration bodyTimeout, Gate... gates) {
    app.use(gates);
    app.post("/", c -> c.text(c.bodyText()));
    app.get("/", c -> c.text("hello"));
    return new Served(app, Served.OPTIONS.withMaxBodyBytes(300_000)
        .withRequestTimeouts(Duration.ofSeconds(20), bodyTimeout));
  }

  private static String post(int length) {
    return "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: " + length + "\r\n\r\n";
  }

  @Test
  void theGateRunsOnTheLoopOnceItsBytesAreThereAndTheHandlerSeesAll() throws IOException {
    try (var served = serve(new Firewall()); RawClient client = served.client()) {
      client.send(post(12) + "0123");
      assertEquals("hello", served.get("/").body());
      assertEquals(List.of("saw "), trace.lines(), "the post waits");
      client.send("456789");
      client.send("ab");
      assertEquals("0123456789ab", client.reply().body());
      assertEquals(List.of("saw ", "saw 0123456789"), trace.lines());
      client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\n two\r\n0\r\n\r\n");
      assertEquals("one two", client.reply().body());
      assertEquals("hello", client.get("/").reply().body());
    }
  }

  @Test
  void pipelinedBodiesAreKeptApart() throws IOException {
    try (var served = serve(new Firewall()); RawClient client = served.client()) {
      client.send((post(4) + "good" + post(11) + "evil indeed").repeat(20));
      for (int i = 0; i < 20; i++) {
        assertEquals("good", client.reply().body());
        assertEquals("refused", client.reply().body());
      }
    }
  }

  @Test
  void waitingBodiesHoldUpNobody() throws IOException {
    try (var served = serve(new Firewall())) {
      List<RawClient> waiting = new ArrayList<>();
      for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
        waiting.add(served.client().send(post(10) + "half"));
      }
      for (int i = 0; i < waiting.size(); i++) {
        assertEquals("hello", served.get("/").body());
      }
      for (RawClient each : waiting) {
        assertEquals("half there", each.send(" there").reply().body());
        each.close();
      }
    }
  }

  @Test
  void aMountedApplicationsGateIsWaitedForToo() throws IOException {
    var inner = new App();
    inner.use(new Firewall());
    inner.post("/", c -> c.text(c.bodyText()));
    app.use(trace.passing("outer")).mount("/shop", inner);
    try (var served = serve(); RawClient client = served.client()) {
      client.send(post(4).replace("POST /", "POST /shop")).send("evil");
      assertEquals(403, client.reply().status());
      assertEquals(List.of("outer before", "saw evil", "outer after 403"), trace.lines());
    }
  }

  @Test
  void aBodyThatStopsIs408() throws IOException {
    try (var served = serve(Duration.ofMillis(200), new Firewall()); RawClient client = served.client()) {
      assertEquals(408, client.send(post(12) + "01").reply().status());
      assertTrue(client.isClosed());
      assertTrue(trace.lines().isEmpty());
    }
  }

  @Test
  void aBodyOverTheLimitIs413AndAMalformedOne400() throws IOException {
    try (var served = serve(new Firewall())) {
      try (RawClient client = served.client()) {
        assertEquals(413, client.send(post(400_000)).reply().status());
      }
      try (RawClient client = served.client()) {
        client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n");
        assertEquals(400, client.reply().status());
        assertTrue(client.isClosed());
      }
    }
  }

  @Test
  void aClientThatLeavesMeanwhileEndsItsRequest() throws IOException, InterruptedException {
    var ended = new CountDownLatch(1);
    app.onError((c, e) -> {
      ended.countDown();
      return c.text(400, "left");
    });
    try (var served = serve(new Firewall())) {
      try (RawClient client = served.client()) {
        client.send(post(12) + "01");
      }
      assertTrue(ended.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void continueLeavesWhenAGateWantsTheBodyAndNotBefore() throws IOException {
    Gate strict = trace.gate("strict", c -> c.header("X-Known").isPresent() ? Verdict.pass()
        : Verdict.answer(c.text(401, "who")));
    try (var served = serve(strict, new Firewall())) {
      try (RawClient client = served.client()) {
        client.send(post(4).replace("\r\n\r\n", "\r\nX-Known: 1\r\nExpect: 100-continue\r\n\r\n"));
        assertEquals(100, client.reply().status());
        assertEquals("good", client.send("good").reply().body());
      }
      try (RawClient client = served.client()) {
        client.send(post(4).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
        assertEquals(401, client.reply().status());
        assertTrue(client.isClosed());
      }
    }
  }

  @Test
  void afterAnEarlyAnswerTheRestIsDrainedUpTo64KiloBytes() throws IOException {
    try (var served = serve(new Firewall())) {
      try (RawClient client = served.client()) {
        client.send(post(50_000) + "evil " + "x".repeat(49_995));
        assertEquals(403, client.reply().status());
        assertEquals("hello", client.get("/").reply().body());
      }
      try (RawClient client = served.client()) {
        client.send(post(200_000) + "evil " + "x".repeat(100_000));
        assertEquals(403, client.reply().status());
        assertTrue(client.isClosed());
      }
    }
  }
}
