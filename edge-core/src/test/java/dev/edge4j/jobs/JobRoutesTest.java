package dev.edge4j.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.middleware.Principal;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.Transport;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs are handed in, looked up, watched and taken back over the web, by whose they are. */
@Timeout(60)
class JobRoutesTest {
  record Text(String text, int steps) {}

  record Words(int count) {}

  private final MemoryJobs queue = new MemoryJobs();
  private final Semaphore step = new Semaphore(0);
  private final OriginJob<Text, Words> count = OriginJob.named("count", Text.class, Words.class)
      .retries(RetryPolicy.none())
      .runs((run, input) -> {
        for (int i = 1; i <= input.steps; i++) {
          step.acquire();
          run.progress((double) i / input.steps, "word " + i);
        }
        if (input.text.isEmpty()) {
          throw new IllegalStateException("table users has no column words");
        }
        return new Words(input.text.split(" ").length);
      });
  private final Jobs jobs = Jobs.over(queue).doing(count).start();

  @AfterEach
  void close() {
    step.release(1_000);
    jobs.close();
  }

  private App app() {
    var app = new App();
    app.use((c, next) -> {
      c.header("X-User").ifPresent(user -> c.set(Principal.KEY, new Principal(user, Set.of(), Map.of())));
      return next.proceed();
    });
    app.mount("/api/jobs", JobRoutes.of(jobs).accepting(count).app());
    return app;
  }

  private static Map<?, ?> json(Response response) {
    return JsonCodec.jackson().read(response.text().getBytes(UTF_8), Map.class);
  }

  private static String location(Response accepted) {
    return "/api/jobs/" + accepted.header("Location").orElseThrow(); // relative to /api/jobs/count
  }

  private Response done(TestClient client, Response accepted) throws InterruptedException {
    jobs.await(JobId.parse(accepted.header("Location").orElseThrow()).orElseThrow(), Duration.ofSeconds(30));
    return client.get(location(accepted));
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void isHandedInAndLookedUp(Transport transport) throws Exception {
    try (var client = TestClient.of(app(), transport)) {
      Response accepted = client.postJson("/api/jobs/count", "{\"text\":\"a b c\",\"steps\":1}");
      assertEquals(202, accepted.status());
      assertEquals("1", accepted.header("Retry-After").orElseThrow());
      assertTrue(location(accepted).matches("/api/jobs/[A-Za-z0-9_-]{22}"), location(accepted));
      Map<?, ?> first = json(client.get(location(accepted)));
      assertEquals("count", first.get("kind"));
      assertFalse(first.containsKey("result"));
      step.release();
      Response done = done(client, accepted);
      Map<?, ?> view = json(done);
      assertEquals("done", view.get("state"));
      assertEquals(Map.of("count", 3), view.get("result"));
      assertEquals(1, view.get("attempts"));
      assertFalse(done.header("Retry-After").isPresent());
      assertEquals("private, no-cache", done.header("Cache-Control").orElseThrow());
      assertEquals(304, client.with("If-None-Match", done.header("ETag").orElseThrow())
          .get(location(accepted))
          .status());
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void isDoneOnceHoweverOftenItIsHandedIn(Transport transport) throws Exception {
    try (var client = TestClient.of(app(), transport).with("Idempotency-Key", "\"order-7\"");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> answers = IntStream.range(0, 16)
          .mapToObj(_ -> threads.submit(() -> client.postJson(
              "/api/jobs/count", "{\"text\":\"a\",\"steps\":0}")))
          .toList();
      Set<String> locations = new HashSet<>();
      int replayed = 0;
      for (Future<Response> answer : answers) {
        assertEquals(202, answer.get().status());
        locations.add(location(answer.get()));
        replayed += answer.get().header("Idempotent-Replayed").isPresent() ? 1 : 0;
      }
      assertEquals(1, locations.size());
      assertEquals(15, replayed);
      done(client, answers.getFirst().get());
      assertEquals(1, queue.list(JobState.DONE, 100).size());
      assertEquals(422, client.postJson("/api/jobs/count", "{\"text\":\"b\",\"steps\":0}").status());
      assertEquals(400, client.with("Idempotency-Key", "\"\"")
          .postJson("/api/jobs/count",
              "{\"text\":\"b\",\"steps\":0}")
          .status());
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void isWatchedToItsEnd(Transport transport) throws Exception {
    try (var client = TestClient.of(app(), transport);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Response accepted = client.postJson("/api/jobs/count", "{\"text\":\"a b\",\"steps\":1}");
      JobId id = JobId.parse(accepted.header("Location").orElseThrow()).orElseThrow();
      Waiting.until(() -> jobs.status(id).orElseThrow().state() == JobState.RUNNING);
      Future<Response> watching = threads.submit(() -> client.get(location(accepted) + "/events"));
      Waiting.until(() -> jobs.isAwaited(id)); // that it is running has been sent
      step.release();
      Response events = watching.get();
      assertEquals("text/event-stream", events.header("Content-Type").orElseThrow());
      List<String> all = List.of(events.text().split("\n\n"));
      String last = all.getLast();
      assertTrue(last.contains("event: end\n") && last.contains("\"result\":{\"count\":2}"), events.text());
      assertTrue(all.getFirst().contains("event: status\n"), events.text());
      assertEquals(1, all.stream().filter(event -> event.contains("event: end\n")).count());

      String version = last.lines().filter(line -> line.startsWith("id: ")).findFirst().orElseThrow().substring(4);
      assertEquals(204, client.with("Last-Event-ID", version).get(location(accepted) + "/events").status());
      assertEquals(last + "\n\n", client.with("Last-Event-ID", "1").get(location(accepted) + "/events").text());
    }
  }

  @Test
  void isTakenBack() throws Exception {
    try (var client = TestClient.inProcess(app())) {
      Response accepted = client.postJson("/api/jobs/count", "{\"text\":\"a\",\"steps\":1}");
      Response cancelled = client.delete(location(accepted));
      assertEquals(200, cancelled.status());
      assertEquals("cancelled", json(cancelled).get("state"));
      assertEquals(409, client.delete(location(accepted)).status());
      assertEquals("cancelled", json(client.get(location(accepted))).get("state"));
    }
  }

  @Test
  void isShownToItsOwnerAlone() throws Exception {
    try (var nobody = TestClient.inProcess(app())) {
      TestClient ada = nobody.with("X-User", "ada").with("Idempotency-Key", "k");
      TestClient bob = nobody.with("X-User", "bob").with("Idempotency-Key", "k");
      Response hers = ada.postJson("/api/jobs/count", "{\"text\":\"a\",\"steps\":0}");
      Response his = bob.postJson("/api/jobs/count", "{\"text\":\"a\",\"steps\":0}");
      assertFalse(location(hers).equals(location(his)), "keys of two owners are two keys");
      assertEquals(200, ada.get(location(hers)).status());
      for (TestClient other : List.of(bob, nobody)) {
        assertEquals(404, other.get(location(hers)).status());
        assertEquals(404, other.get(location(hers) + "/events").status());
        assertEquals(404, other.delete(location(hers)).status());
      }
      done(ada, hers);
    }
  }

  @Test
  void saysNothingOfItsInsideWhenItFails() throws Exception {
    try (var client = TestClient.inProcess(app())) {
      Response failed = done(client, client.postJson("/api/jobs/count", "{\"text\":\"\",\"steps\":0}"));
      assertEquals("dead", json(failed).get("state"));
      assertTrue(String.valueOf(json(failed).get("error")).startsWith("attempt 1 failed; tell the keeper"), failed
          .text());
      assertFalse(failed.text().contains("column"), failed.text());
    }
  }

  @Test
  void whatIsNoJobIsRefused() {
    try (var client = TestClient.inProcess(app())) {
      assertEquals(404, client.get("/api/jobs/" + JobId.random()).status());
      assertEquals(404, client.get("/api/jobs/nonsense").status());
      assertEquals(404, client.get("/api/jobs/" + JobId.random() + "/events").status());
      assertEquals(400, client.postJson("/api/jobs/count", "{\"text\":7}").status());
      assertEquals(415, client.post("/api/jobs/count").status());
      assertEquals(400, client.postJson("/api/jobs/count?webhook=http%3A%2F%2F169.254.169.254%2F",
          "{\"text\":\"a\",\"steps\":0}").status());
      assertEquals(400, client.postJson("/api/jobs/count?webhook=%5B", "{\"text\":\"a\",\"steps\":0}").status());
      int other = client.postJson("/api/jobs/other", "{}").status();
      assertTrue(other == 404 || other == 405, "a kind that is not accepted: " + other);
      assertEquals(List.of(), queue.list(JobState.WAITING, 10));
    }
  }

  @Test
  void aFullQueueAsksToComeAgain() {
    var small = new MemoryJobs(InstantSource.system(), 1);
    var app = new App();
    app.mount("/jobs", JobRoutes.of(Jobs.over(small).submitOnly()).accepting(count.sizes(50, 50)).app());
    try (var client = TestClient.inProcess(app)) {
      assertEquals(202, client.postJson("/jobs/count", "{\"text\":\"a\",\"steps\":0}").status());
      Response refused = client.postJson("/jobs/count", "{\"text\":\"a\",\"steps\":0}");
      assertEquals(503, refused.status());
      assertTrue(refused.header("Retry-After").isPresent());
      assertEquals(413, client.postJson("/jobs/count", "{\"text\":\"" + "a".repeat(50) + "\",\"steps\":0}").status());
    }
  }

  @Test
  void aWatcherThatLeavesIsForgotten() throws Exception {
    JobId id = jobs.submit(count, new Text("a", 1)).id();
    try (Server server = Server.start(app(), ServerOptions.port(0).withHost("127.0.0.1"))) {
      try (var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        client.getOutputStream().write(("GET /api/jobs/" + id + "/events HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(UTF_8));
        Waiting.until(() -> jobs.isWatched(id));
      }
      Waiting.until(() -> !jobs.isWatched(id));
      assertFalse(jobs.status(id).orElseThrow().state().hasEnded(), "nobody took it back");
    }
  }
}
