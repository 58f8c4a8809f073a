package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Place;
import dev.edge4j.http.Response;
import dev.edge4j.jobs.JobId;
import dev.edge4j.jobs.JobOptions;
import dev.edge4j.jobs.JobRoutes;
import dev.edge4j.jobs.JobState;
import dev.edge4j.jobs.JobStatus;
import dev.edge4j.jobs.Jobs;
import dev.edge4j.jobs.MemoryJobs;
import dev.edge4j.jobs.OriginJob;
import dev.edge4j.jobs.PermanentFailure;
import dev.edge4j.jobs.RetryPolicy;
import dev.edge4j.jobs.WebhookMessage;
import dev.edge4j.jobs.Webhooks;
import dev.edge4j.testing.TestClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listings of docs/jobs.md. */
@Timeout(60)
class JobsGuideTest {
  // tag::types[]
  record Review(long product, String text) {}

  record Mood(String label, double certainty) {}
  // end::types[]

  private static final class Model {
    Mood judge(String text) {
      return new Mood(text.contains("love") ? "good" : "bad", 0.9);
    }
  }

  private final Model model = new Model();
  private final MemoryJobs queue = new MemoryJobs();

  // tag::job[]
  OriginJob<Review, Mood> mood = OriginJob.named("mood", Review.class, Mood.class)
      .at(Place.origin("eu-west-1", "the model needs a GPU"))
      .concurrency(2)
      .timeout(Duration.ofMinutes(2))
      .retries(RetryPolicy.DEFAULT.withAttempts(5))
      .runs((run, review) -> {
        if (review.text().isBlank()) {
          throw new PermanentFailure("a review without text"); // no use in trying again
        }
        run.progress(0.5, "asking the model");
        return model.judge(review.text());
      });
  // end::job[]

  @Test
  void aHandlerHandsInAndAnswersAtOnce() throws Exception {
    var app = new App();
    // tag::submit[]
    Jobs jobs = Jobs.over(queue).doing(mood).start();

    app.post("/reviews", c -> {
      Review review = c.body(Review.class);
      JobStatus job = jobs.submit(mood, review, "review of " + review.product());
      return c.json(202, job.id().text());
    });
    // end::submit[]
    JobId id;
    try (jobs; var client = TestClient.inProcess(app)) {
      Response first = client.postJson("/reviews", "{\"product\":7,\"text\":\"love it\"}");
      Response again = client.postJson("/reviews", "{\"product\":7,\"text\":\"love it\"}");
      assertEquals(first.text(), again.text());
      id = new JobId(first.text().replace("\"", ""));
      // tag::result[]
      JobStatus status = jobs.await(id, Duration.ofSeconds(20)).orElseThrow();
      if (status.state() == JobState.DONE) {
        Optional<Mood> result = jobs.result(mood, id);
        assertEquals("good", result.orElseThrow().label());
      }
      // end::result[]
      assertEquals(JobState.DONE, status.state());
    }
  }

  @Test
  void theWebHandsInLooksUpAndWatches() throws Exception {
    var app = new App();
    try (Jobs jobs = Jobs.over(queue).doing(mood).start()) {
      // tag::routes[]
      app.mount("/jobs", JobRoutes.of(jobs).accepting(mood).app());
      // end::routes[]
      try (var client = TestClient.inProcess(app)) {
        Response accepted = client.with("Idempotency-Key", "review-7")
            .postJson("/jobs/mood", "{\"product\":7,\"text\":\"love it\"}");
        assertEquals(202, accepted.status());
        String job = "/jobs/" + accepted.header("Location").orElseThrow();
        String events = client.get(job + "/events").text();
        assertTrue(events.contains("event: end\n"), events);
        assertTrue(client.get(job).text().contains("\"result\":{\"label\":\"good\",\"certainty\":0.9}"));
      }
    }
  }

  @Test
  void deadLettersAreBroughtBack() throws Exception {
    try (Jobs jobs = Jobs.over(queue).doing(mood).start()) {
      jobs.await(jobs.submit(mood, new Review(7, " ")).id(), Duration.ofSeconds(20));
      // tag::dead[]
      for (JobStatus dead : jobs.deadLetters(100)) {
        assertEquals(Optional.of("a review without text"), dead.error());
        jobs.requeue(dead.id()); // once the cause is gone
      }
      // end::dead[]
    }
  }

  @Test
  void webhooksTellOfTheEnd() throws Exception {
    var messages = new LinkedBlockingQueue<WebhookMessage>();
    String secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    // tag::webhook[]
    Webhooks hooks = Webhooks.by(message -> messages.add(message)) // HttpSender.create(), or a client of yours
        .to("https://shop.example.com")
        .signedBy(secret);

    Jobs jobs = Jobs.over(queue).doing(mood).webhooks(hooks).start();
    jobs.submit(mood, new Review(7, "love it"), JobOptions.NONE
        .withKey("review of 7")
        .withWebhook(URI.create("https://shop.example.com/moods")));
    // end::webhook[]
    try (jobs) {
      assertTrue(messages.take().headers().first("webhook-signature").orElseThrow().startsWith("v1,"));
    }
  }

  @Test
  void whoOnlyHandsInDoesNothing() {
    // tag::edge[]
    OriginJob<Review, Mood> contract = OriginJob.named("mood", Review.class, Mood.class);
    Jobs edge = Jobs.over(queue).submitOnly();
    edge.submit(contract, new Review(7, "love it"));
    // end::edge[]
    assertEquals(1, queue.list(JobState.WAITING, 10).size());
  }
}
