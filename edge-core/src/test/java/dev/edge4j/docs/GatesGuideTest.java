package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.BodyTap;
import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.Exchange;
import dev.edge4j.Gate;
import dev.edge4j.GateBlockedError;
import dev.edge4j.Handler;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.InterruptWhenCancelled;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.testing.VirtualClock;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The listings of docs/middleware.md. */
class GatesGuideTest {
  private final App app = new App();

  @Test
  void middlewareStandsAroundTheRest() {
    // tag::middleware[]
    app.use((c, next) -> {
      Response response = next.proceed();
      return response.withHeader("X-Powered-By", "virtual threads");
    });
    app.get("/", c -> c.text("hello"));
    // end::middleware[]
    assertEquals("virtual threads", app.request("/").header("X-Powered-By").orElseThrow());
  }

  // tag::gate[]
  record IpBlock(Set<InetAddress> denied) implements Gate {
    @Override
    public Verdict before(Context c) { // runs on the event loop: must not block
      return denied.contains(c.client().address()) ? Verdict.answer(c.text(403, "blocked")) : Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) { // status and header fields alone
      return response.withHeader("X-Checked", "yes");
    }
  }
  // end::gate[]

  @Test
  void aGateAnswersBeforeAThreadIsSpent() {
    app.use(new IpBlock(Set.of(InetAddress.getLoopbackAddress())));
    app.get("/", c -> c.text("hello"));
    Response answer = app.open(Request.get("/")).fastLane().orElseThrow();
    assertEquals(403, answer.status());
    assertEquals("yes", answer.header("X-Checked").orElseThrow());
  }

  @Test
  void withReachesItsOwnRoutesAlone() {
    Gate staff = new Gate() {
      @Override
      public Verdict before(Context c) {
        return c.header("X-Staff").isPresent() ? Verdict.pass() : Verdict.answer(c.text(403, "staff only"));
      }
    };
    // tag::with[]
    app.with(staff).get("/admin/orders", c -> c.text("orders"));
    app.get("/admin/help", c -> c.text("everyone may read this"));
    // end::with[]
    assertEquals(403, app.request("/admin/orders").status());
    assertEquals(200, app.request("/admin/help").status());
  }

  // tag::key[]
  static final Key<String> TENANT = Key.named("tenant");
  // end::key[]

  @Test
  void whatIsFoundOutIsHandedOn() {
    // tag::variables[]
    app.use((c, next) -> {
      c.set(TENANT, c.header("X-Tenant").orElse("public"));
      return next.proceed();
    });
    app.get("/whoami", c -> c.text(c.require(TENANT)));
    // end::variables[]
    assertEquals("public", app.request("/whoami").text());
  }

  @Test
  void aHandlerThatNeverBlocksMayStayOnTheLoop() {
    // tag::inline[]
    app.get("/ping", Handler.inline(c -> c.text("pong")));
    // end::inline[]
    assertEquals("pong", app.open(Request.get("/ping")).fastLane().orElseThrow().text());
    assertEquals("nothing", app.routes().getFirst().hopsAt());
  }

  @Test
  void workIsLeftForAfterTheResponse() throws InterruptedException {
    var written = new CountDownLatch(1);
    // tag::waitUntil[]
    app.get("/", c -> {
      c.waitUntil(() -> written.countDown()); // after the last byte has left; drained at shutdown
      return c.timed("greeting", () -> c.text("hello")); // shows in Server-Timing
    });
    // end::waitUntil[]
    assertEquals("hello", app.request("/").text());
    assertTrue(written.await(10, TimeUnit.SECONDS));
  }

  private static String askOrigin(Headers headers, Duration patience) {
    return headers.first(Deadline.HEADER).orElse("no deadline") + ", at most " + patience;
  }

  @Test
  void whoWaitsIsAnsweredInTime() {
    app.time(new VirtualClock());
    // tag::timeout[]
    app.use("/api/*", Timeout.after(Duration.ofSeconds(2)).honouringCaller());
    app.get("/api/price", c -> {
      Duration patience = c.deadline().atMost(Duration.ofMillis(500)); // for one call among several
      Headers outbound = c.deadline().on(Headers.of("Accept", "application/json")); // with X-Edge-Timeout-Ms
      return c.text(askOrigin(outbound, patience));
    });
    // end::timeout[]
    assertEquals("2000, at most PT0.5S", app.request("/api/price").text());
    Request hurried = Request.get("/api/price").withHeader(Deadline.HEADER, "200");
    assertEquals("200, at most PT0.2S", app.request(hurried).text());
  }

  private static Optional<String> nextLine(Iterator<String> report) {
    return report.hasNext() ? Optional.of(report.next()) : Optional.empty();
  }

  @Test
  void longWorkAsksWhetherAnybodyWaits() {
    Iterator<String> report = Stream.generate(() -> "line").iterator();
    // tag::cancelled[]
    app.get("/report", c -> {
      var lines = new StringBuilder();
      while (!c.cancelled() && lines.length() < 1_000_000) {
        nextLine(report).ifPresent(lines::append);
      }
      return c.text(lines.toString());
    });
    // end::cancelled[]
    Exchange leaving = app.open(Request.get("/report"));
    assertTrue(leaving.fastLane().isEmpty());
    leaving.cancel();
    assertEquals("", leaving.slowLane().text());
  }

  @Test
  void aRouteMayAskToBeInterrupted() throws InterruptedException {
    var time = new VirtualClock();
    app.time(time);
    var events = new SynchronousQueue<String>();
    // tag::interrupt[]
    app.with(Timeout.after(Duration.ofSeconds(30)), InterruptWhenCancelled.create())
        .get("/next-event", c -> c.text(events.take()));
    // end::interrupt[]
    var answer = CompletableFuture.supplyAsync(() -> app.request("/next-event").status());
    while (time.pendingTimers() != 1) {
      Thread.onSpinWait();
    }
    time.advance(Duration.ofSeconds(30));
    assertEquals(504, answer.join());
    assertTrue(app.drain(Duration.ofSeconds(30)), "the handler has been woken");
  }

  // tag::prefix[]
  record Firewall() implements Gate {
    @Override
    public int bodyPrefix() {
      return 4 * 1024; // bytes; fewer arrive only where the body is shorter
    }

    @Override
    public Verdict before(Context c) {
      String start = new String(c.bodyPrefix(), StandardCharsets.UTF_8);
      return start.contains("<script") ? Verdict.answer(c.text(403, "refused")) : Verdict.pass();
    }
  }
  // end::prefix[]

  @Test
  void aGateMayLookAtTheBeginningOfABody() {
    app.use(new Firewall());
    app.post("/", c -> c.text(c.bodyText()));
    assertEquals("tea", app.request(Request.post("/").withBody("text/plain", new byte[]{'t', 'e', 'a'})).text());
    byte[] attack = "<script>".getBytes(StandardCharsets.UTF_8);
    assertEquals(403, app.request(Request.post("/").withBody("text/plain", attack)).status());
  }

  private final List<Long> sums = new ArrayList<>();

  // tag::tap[]
  final class Checksum implements BodyTap {
    private final CRC32 sum = new CRC32();

    @Override
    public void chunk(ByteBuffer bytes) { // on whatever thread writes: must not block
      sum.update(bytes);
    }

    @Override
    public void end() {
      sums.add(sum.getValue());
    }

    @Override
    public void abort() {
      // half a body: nothing to keep
    }
  }
  // end::tap[]

  @Test
  void aTapSeesTheBodyThatLeaves() {
    // tag::tapping[]
    app.use((Gate) c -> {
      c.tap(new Checksum());
      return Verdict.pass();
    });
    // end::tapping[]
    app.get("/", c -> c.text("123456789"));
    assertEquals("123456789", app.request("/").text());
    assertEquals(List.of(0xCBF43926L), sums);
  }

  private static final class AsksRedis implements Gate {
    @Override
    public Verdict before(Context c) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
      while (System.nanoTime() < end) { // a thread of a pool may have been left a permit, with which it does not park
        LockSupport.parkNanos(end - System.nanoTime());
      }
      return Verdict.pass();
    }
  }

  @Test
  void aGateThatBlocksFailsItsTest() {
    // tag::watch[]
    app.use(new AsksRedis()); // waits for the network in before
    app.get("/", c -> c.text("hello"));
    // AsksRedis.before blocked 20,061 µs: parked, slept or waited 1 times ...
    GateBlockedError error = assertThrows(GateBlockedError.class, () -> app.request("/"));
    // end::watch[]
    assertTrue(String.valueOf(error.getMessage()).startsWith("AsksRedis.before blocked"), error.getMessage());
  }
}
