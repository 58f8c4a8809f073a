package dev.edge4j.jobs;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A webhook as a job: what its message says of the other job, but for the result, which is looked up when it is sent. */
record Delivery(String url, String job, String kind, String state, int attempts, Optional<String> error,
    String ended) {
  private static final OriginJob<Delivery, Boolean> JOB = OriginJob.internal("webhook", Delivery.class, Boolean.class);

  /** The job that sends webhooks by these. */
  static OriginJob<Delivery, Boolean> job(Webhooks webhooks, Desk desk) {
    return JOB.retries(webhooks.retries()).concurrency(16).runs((run, delivery) -> {
      URI target = URI.create(delivery.url);
      if (!webhooks.allows(target)) {
        throw new PermanentFailure("the target is no longer allowed");
      }
      webhooks.send(run.id().text(), desk.time().instant(), target, delivery.body(desk));
      return true;
    });
  }

  /** What comes into the queue when a job ends: its webhook, if it has one. */
  static List<NewJob> of(JobStatus job, JobState end, Optional<String> error, Desk desk) {
    Instant now = desk.time().instant();
    return job.order()
        .webhook()
        .map(url -> NewJob.of(JOB.name(), desk.json()
            .write(new Delivery(url, job.id().text(), job.kind(), end.label(), job.attempts(), error, now.toString()))))
        .stream()
        .toList();
  }

  private byte[] body(Desk desk) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", job);
    data.put("kind", kind);
    data.put("state", state);
    data.put("attempts", attempts);
    error.ifPresent(text -> data.put("error", text));
    Optional<byte[]> result = state.equals(JobState.DONE.label()) ? desk.queue().result(new JobId(job))
        : Optional.empty();
    String inner = new String(JobView.with(desk.json().write(data), result), StandardCharsets.UTF_8);
    byte[] outer = desk.json().write(Map.of("type", "job." + state, "timestamp", ended));
    return JobView.with(outer, "data", inner.getBytes(StandardCharsets.UTF_8));
  }
}
