package dev.edge4j.jobs;

import dev.edge4j.App;
import dev.edge4j.BadRequest;
import dev.edge4j.Conflict;
import dev.edge4j.Context;
import dev.edge4j.EventStream;
import dev.edge4j.Handler;
import dev.edge4j.NotFound;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.middleware.Principal;
import dev.edge4j.middleware.idempotency.IdempotencyKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Jobs for the web, as an application to be mounted: {@code app.mount("/jobs", JobRoutes.of(jobs).accepting(inference).app())}.
 *
 * <ul>
 * <li>{@code POST /inference} hands in the body: 202 with {@code Location}, {@code Retry-After} and how the job stands. {@code Idempotency-Key} is its
 * key; with {@code ?webhook=} and a URL, that is told of the end.
 * <li>{@code GET /id} says how it stands, with the result once it is done; with an entity tag, so that who asks again is told 304.
 * <li>{@code GET /id/events} says each change as a server-sent event {@code status}, and the last one as {@code end}.
 * <li>{@code DELETE /id} takes it back; 409 once it has ended.
 * </ul>
 *
 * <p>A job is its owner's, by default the {@link Principal} of the request: to everybody else it is 404, and keys of different owners are different.
 * All anonymous requests are one owner; whom they keep from each other's jobs is the id that nobody guesses.
 *
 * <p>Immutable; each method makes a copy.
 */
public final class JobRoutes {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final String RETRY_SECONDS = "1";

  private final Jobs jobs;
  private final List<OriginJob<?, ?>> accepted;
  private final Function<? super Context, String> owner;

  private JobRoutes(Jobs jobs, List<OriginJob<?, ?>> accepted, Function<? super Context, String> owner) {
    this.jobs = jobs;
    this.accepted = accepted;
    this.owner = owner;
  }

  /** Shows jobs, and takes none. */
  public static JobRoutes of(Jobs jobs) {
    return new JobRoutes(jobs, List.of(), c -> c.get(Principal.KEY).map(Principal::subject).orElse(""));
  }

  /** Takes these from whoever gets here. */
  public JobRoutes accepting(OriginJob<?, ?>... kinds) {
    var all = new ArrayList<OriginJob<?, ?>>(accepted);
    all.addAll(List.of(kinds));
    return new JobRoutes(jobs, List.copyOf(all), owner);
  }

  /** Whose a job is: a tenant, say. It is the scope of what is handed in here, and jobs of another are not shown. */
  public JobRoutes owner(Function<? super Context, String> ownerOf) {
    return new JobRoutes(jobs, accepted, ownerOf);
  }

  /** The application. */
  public App app() {
    var app = new App().json(jobs.json());
    for (OriginJob<?, ?> kind : accepted) {
      app.post("/" + kind.name(), c -> submit(c, kind));
    }
    app.get("/:id", c -> {
      JobStatus job = find(c);
      return c.conditional(shown(200, job).withHeader("ETag", EntityTag.strong(Long.toString(job.version()))
          .toString()));
    });
    app.get("/:id/events", Handler.exempt(this::events));
    app.delete("/:id", c -> shown(200, jobs.cancel(find(c).id())
        .orElseThrow(() -> new Conflict(
            "the job has ended"))));
    return app;
  }

  private <I> Response submit(Context c, OriginJob<I, ?> kind) {
    var options = new JobOptions(IdempotencyKey.of(c.headers()), owner.apply(c), Optional.empty(), webhook(c));
    Enqueued enqueued = jobs.submit(kind, kind.body(c), options);
    // Relative to the target (RFC 9110 section 10.2.2): nobody here knows what prefix a mount or a proxy has taken away.
    Response response = shown(202, enqueued.status()).withHeader("Location", enqueued.status().id().text());
    return enqueued.repeated() ? response.withHeader("Idempotent-Replayed", "true") : response;
  }

  private static Optional<URI> webhook(Context c) {
    return c.query("webhook").text().map(text -> {
      try {
        return new URI(text);
      } catch (URISyntaxException e) {
        var error = new BadRequest("webhook", "is not a URL");
        error.initCause(e);
        throw error;
      }
    });
  }

  private Response shown(int status, JobStatus job) {
    Response response = Response.bytes(status, MediaType.JSON, jobs.view(job))
        .withHeader("Cache-Control", "private, no-cache");
    return job.state().hasEnded() ? response : response.withHeader("Retry-After", RETRY_SECONDS);
  }

  private JobStatus find(Context c) {
    String mine = owner.apply(c);
    return JobId.parse(c.param("id").asString())
        .flatMap(jobs::status)
        .filter(job -> job.order().scope().equals(mine) && !job.kind().startsWith(OriginJob.INTERNAL))
        .orElseThrow(() -> new NotFound("no such job"));
  }

  // ---- events

  private Response events(Context c) {
    JobStatus job = find(c);
    String seen = c.header("Last-Event-ID").orElse("");
    if (job.state().hasEnded() && seen.equals(Long.toString(job.version()))) {
      return Response.of(204); // nothing else keeps a browser from coming again
    }
    return c.sse(events -> follow(job.id(), seen, events));
  }

  private void follow(JobId id, String lastSeen, EventStream events) throws Exception {
    String seen = lastSeen;
    try (Watchers.Watch watch = jobs.watch(id)) {
      events.onEnd(watch::ring);
      while (events.isOpen()) {
        Optional<JobStatus> job = jobs.status(id);
        if (job.isEmpty()) {
          return; // forgotten
        }
        String version = Long.toString(job.get().version());
        boolean ended = job.get().state().hasEnded();
        if (!version.equals(seen)) {
          events.send(ServerSentEvent.of(new String(jobs.view(job.get()), StandardCharsets.UTF_8))
              .withEvent(ended ? "end" : "status")
              .withId(version));
          seen = version;
        }
        if (ended) {
          return;
        }
        watch.await(LOOK_AGAIN);
      }
    }
  }
}
