package dev.edge4j.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.BadRequest;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.VirtualClock;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asked for it is told of the end of a job: signed, until it was taken, and nobody who was not allowed for. */
@Timeout(60)
class WebhooksAreSentTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final URI TARGET = URI.create("https://hooks.example.com/jobs?for=7");

  private final VirtualClock clock = new VirtualClock();
  private final MemoryJobs queue = new MemoryJobs(clock);
  private final List<WebhookMessage> sent = new CopyOnWriteArrayList<>();
  private final OriginJob<String, String> job = OriginJob.named("shout", String.class, String.class)
      .runs((_, input) -> {
        if (input.isEmpty()) {
          throw new PermanentFailure("nothing to shout");
        }
        return input + "!";
      });

  private Jobs start(WebhookSender sender) {
    return Jobs.over(queue).time(clock).doing(job).webhooks(Webhooks.by(message -> {
      sent.add(message);
      return sender.send(message);
    }).to("https://hooks.example.com").signedBy(SECRET)).start();
  }

  private static Map<?, ?> json(WebhookMessage message) {
    return JsonCodec.jackson().read(message.body(), Map.class);
  }

  private static String header(WebhookMessage message, String name) {
    return message.headers().first(name).orElseThrow();
  }

  /** The example of Standard Webhooks 1.0.0. */
  @Test
  void signsAsStandardWebhooksDoes() {
    assertEquals("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", Webhooks.sign(Webhooks.key(SECRET),
        "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}".getBytes(UTF_8)));
  }

  @Test
  void tellsOfAResult() {
    try (Jobs jobs = start(_ -> true)) {
      JobId id = jobs.submit(job, "hey", JobOptions.NONE.withWebhook(TARGET)).status().id();
      jobs.submit(job, "nobody asks for this");
      Waiting.until(() -> queue.list(JobState.DONE, 10).size() == 3);
      WebhookMessage message = sent.getFirst();
      assertEquals(1, sent.size());
      assertEquals(TARGET, message.url());
      assertEquals("job.done", json(message).get("type"));
      assertEquals(Map.of("id", id.text(), "kind", "shout", "state", "done", "attempts", 1, "result", "hey!"), json(
          message).get("data"));
      assertEquals(Long.toString(clock.instant().getEpochSecond()), header(message, "webhook-timestamp"));
      assertEquals(Webhooks.sign(Webhooks.key(SECRET), header(message, "webhook-id"), header(message,
          "webhook-timestamp"), message.body()), header(message, "webhook-signature"));
    }
  }

  @Test
  void isSentAgainUntilItIsTaken() {
    try (Jobs jobs = start(_ -> switch (sent.size()) {
      case 1 -> false;
      case 2 -> throw new IOException("connection refused");
      default -> true;
    })) {
      jobs.submit(job, "hey", JobOptions.NONE.withWebhook(TARGET));
      Waiting.idly(clock, queue, () -> queue.list(JobState.DONE, 10).size() == 2);
      assertEquals(3, sent.size());
      assertEquals(1, sent.stream().map(message -> header(message, "webhook-id")).distinct().count());
      assertEquals(sent.getFirst().url(), sent.getLast().url());
    }
  }

  @Test
  void oneThatIsNeverTakenIsADeadLetterOfItsOwn() throws Exception {
    try (Jobs jobs = Jobs.over(queue)
        .time(clock)
        .doing(job)
        .webhooks(Webhooks.by(_ -> false)
            .to("https://hooks.example.com")
            .signedBy(SECRET)
            .retries(RetryPolicy.DEFAULT.withAttempts(2)))
        .start()) {
      JobId id = jobs.submit(job, "hey", JobOptions.NONE.withWebhook(TARGET)).status().id();
      Waiting.idly(clock, queue, () -> !jobs.deadLetters(10).isEmpty());
      JobStatus dead = jobs.deadLetters(10).getFirst();
      assertNotEquals(id, dead.id());
      assertEquals("the receiver did not take it", dead.error().orElseThrow());
      assertEquals("\"hey!\"", new String(queue.result(id).orElseThrow(), UTF_8), "the job itself is done");
    }
  }

  @Test
  void tellsOfADeadLetterAndOfACancellation() {
    try (Jobs jobs = start(_ -> true)) {
      jobs.submit(job, "", JobOptions.NONE.withWebhook(TARGET));
      Waiting.until(() -> sent.size() == 1);
      assertEquals("job.dead", json(sent.getFirst()).get("type"));
      assertTrue(new String(sent.getFirst().body(), UTF_8).contains("\"error\":\"nothing to shout\""));
      JobId late = jobs.submit(job, "later", JobOptions.NONE.withWebhook(TARGET)
          .withRunAt(clock.instant().plusSeconds(60))).status().id();
      jobs.cancel(late);
      Waiting.until(() -> sent.size() == 2);
      assertEquals("job.cancelled", json(sent.getLast()).get("type"));
    }
  }

  @Test
  void twoSecretsSignBoth() {
    String next = "whsec_" + "QUFB".repeat(8);
    try (Jobs jobs = Jobs.over(queue)
        .time(clock)
        .doing(job)
        .webhooks(Webhooks.by(sent::add)
            .to("https://hooks.example.com")
            .signedBy(SECRET)
            .signedBy(next))
        .start()) {
      jobs.submit(job, "hey", JobOptions.NONE.withWebhook(TARGET));
      Waiting.until(() -> sent.size() == 1);
      List<String> signatures = List.of(header(sent.getFirst(), "webhook-signature").split(" ", -1));
      assertEquals(2, signatures.size());
      assertEquals(Webhooks.sign(Webhooks.key(next), header(sent.getFirst(), "webhook-id"), header(sent.getFirst(),
          "webhook-timestamp"), sent.getFirst().body()), signatures.get(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://hooks.example.com/", "https://hooks.example.com:8443/",
      "https://hooks.example.com.evil/",
      "https://a@hooks.example.com/", "https://hooks.example.com@10.0.0.1/", "https://10.0.0.1/", "http://[::1]/",
      "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "//hooks.example.com/", "/jobs",
      "mailto:a@hooks.example.com", "https://hooks.example.com/#a"})
  void noTargetButThoseThatAreNamed(String url) {
    try (Jobs jobs = start(_ -> true)) {
      assertThrows(BadRequest.class, () -> jobs.submit(job, "hey", JobOptions.NONE.withWebhook(URI.create(url))));
    }
    assertEquals(List.of(), queue.list(JobState.WAITING, 10));
  }

  @Test
  void aTargetIsNotEndless() {
    try (Jobs jobs = start(_ -> true)) {
      URI endless = URI.create("https://hooks.example.com/" + "a".repeat(2_000));
      assertThrows(BadRequest.class, () -> jobs.submit(job, "hey", JobOptions.NONE.withWebhook(endless)));
    }
  }

  @Test
  void aMessageIsNoJobForTheWeb() {
    try (Jobs jobs = start(_ -> true); var client = TestClient.inProcess(JobRoutes.of(jobs).app())) {
      JobId id = jobs.submit(job, "hey", JobOptions.NONE.withWebhook(TARGET)).status().id();
      Waiting.until(() -> queue.list(JobState.DONE, 10).size() == 2);
      assertEquals(200, client.get("/" + id).status());
      assertEquals(404, client.get("/" + header(sent.getFirst(), "webhook-id")).status());
    }
  }

  @Test
  void theSameTargetMayBeSpelledAnotherWay() {
    Webhooks hooks = Webhooks.by(_ -> true).to("https://hooks.example.com");
    assertTrue(hooks.allows(URI.create("HTTPS://HOOKS.example.com:443/x")));
    assertFalse(Webhooks.by(_ -> true).allows(TARGET));
  }

  @Test
  void aTargetThatIsNoLongerAllowedIsNotTold() {
    Jobs edge = Jobs.over(queue)
        .time(clock)
        .webhooks(Webhooks.by(_ -> true)
            .to("https://old.example.com")
            .signedBy(SECRET))
        .submitOnly();
    edge.submit(job, "hey", JobOptions.NONE.withWebhook(URI.create("https://old.example.com/")));
    try (Jobs jobs = start(_ -> true)) {
      Waiting.idly(clock, queue, () -> !jobs.deadLetters(10).isEmpty());
      assertEquals("the target is no longer allowed", jobs.deadLetters(10).getFirst().error().orElseThrow());
    }
    assertEquals(List.of(), sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_***", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
  void aSecretIsLongEnough(String secret) {
    var error = assertThrows(IllegalArgumentException.class, () -> Webhooks.by(_ -> true).signedBy(secret));
    assertEquals("secret of webhooks (expected: whsec_ and 24 to 64 bytes in Base64)", error.getMessage());
  }
}
