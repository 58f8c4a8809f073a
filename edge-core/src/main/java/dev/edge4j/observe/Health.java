package dev.edge4j.observe;

import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.http.Response;
import dev.edge4j.server.Readiness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells a load balancer or an orchestrator whether requests should come here, by asking what the application cannot do without: {@code
 * app.get("/readyz", Health.create().check("orders", orders::ping).with(readiness).handler())}. 200 while all critical checks pass, else 503, as
 * {@code application/health+json}; the checks by name are shown only to whom {@link #showingChecks} lets see them.
 *
 * <p>Checks run at the same time, each on a virtual thread of its own, for at most 1 second; one that takes longer has failed and is interrupted,
 * and is not begun again while it still hangs. What they found holds for 1 second, and whoever asks meanwhile is told the same: a flood of
 * probes asks a database once a second. Why a check failed is logged when it begins to fail, and never shown but for the class of the error.
 *
 * <p>A liveness probe is another matter: what it kills starts anew, and a database that is down is not helped by that. Give it {@link #alive}.
 *
 * <p>Immutable, safe for use by many threads. Source: draft-inadarei-api-health-check-06.
 */
public final class Health {
  private static final String MEDIA_TYPE = "application/health+json";
  private static final Response ALIVE = Response
      .bytes(200, MEDIA_TYPE, "{\"status\":\"pass\"}".getBytes(StandardCharsets.UTF_8))
      .withHeader("Cache-Control", "no-store");

  private record Options(Duration within, Duration holding, Optional<Readiness> readiness,
      Predicate<? super Context> shown) {}

  private final List<HealthCheck> checks;
  private final Options options;

  private Health(List<HealthCheck> checks, Options options) {
    this.checks = List.copyOf(checks);
    this.options = options;
  }

  /** Asks something; what it throws says that it is not well. Runs on a virtual thread and may block; may be interrupted. */
  @FunctionalInterface
  public interface Check {
    void run() throws Exception;
  }

  /** One that asks nothing yet: it is always well. */
  public static Health create() {
    return new Health(List.of(),
        new Options(Duration.ofSeconds(1), Duration.ofSeconds(1), Optional.empty(), _ -> false));
  }

  /** Also asks this, without which no request should come here. */
  public Health check(String name, Check check) {
    return with(new HealthCheck(name, true, check));
  }

  /** Also asks this, without which requests are answered a little worse: where it fails the status is {@code warn}, and 200. */
  public Health optionalCheck(String name, Check check) {
    return with(new HealthCheck(name, false, check));
  }

  private Health with(HealthCheck check) {
    if (check.name().isBlank() || checks.stream().anyMatch(known -> known.name().equals(check.name()))) {
      throw new IllegalArgumentException("health check: \"" + check.name()
          + "\" (expected: a name, and one that no other has)");
    }
    var more = new ArrayList<>(checks);
    more.add(check);
    return new Health(more, options);
  }

  /** Nothing is asked, and the answer is 503, while the servers that this belongs to start or stop. */
  public Health with(Readiness readiness) {
    return new Health(checks,
        new Options(options.within, options.holding, Optional.of(readiness), options.shown));
  }

  /** Gives each check that long. */
  public Health within(Duration most) {
    positive("within", most);
    return new Health(checks, new Options(most, options.holding, options.readiness, options.shown));
  }

  /** Asks again only that long after it began to ask. */
  public Health holdingFor(Duration time) {
    positive("holdingFor", time);
    return new Health(checks, new Options(options.within, time, options.readiness, options.shown));
  }

  /** Shows each check, its status and the time it took to who passes this test; to nobody by default. */
  public Health showingChecks(Predicate<? super Context> allowed) {
    return new Health(checks, new Options(options.within, options.holding, options.readiness, allowed));
  }

  private static void positive(String option, Duration given) {
    if (!given.isPositive()) {
      throw new IllegalArgumentException(option + ": " + given + " (expected: more than zero)");
    }
  }

  /**
   * 200 as long as the process answers at all, for a liveness probe. Inline: it answers when every place among the handlers is taken.
   */
  public static Handler alive() {
    return Handler.exempt(Handler.inline(_ -> ALIVE));
  }

  /** Answers by the checks. It needs no place among the handlers, so a busy server does not look ill. What it found is its own. */
  public Handler handler() {
    var rounds = new HealthRounds(checks, options.within, options.holding);
    return Handler.exempt(c -> options.readiness.map(Readiness::isReady).orElse(true)
        ? answer(c, rounds.outcomes(c.time()))
        : answer(c, 503, Map.of("status", "fail", "output", "the server starts or stops")));
  }

  private Response answer(Context c, List<HealthCheck.Outcome> outcomes) {
    boolean failed = outcomes.stream().anyMatch(outcome -> outcome.error().isPresent() && outcome.isCritical());
    boolean warned = outcomes.stream().anyMatch(outcome -> outcome.error().isPresent());
    var body = new LinkedHashMap<String, Object>();
    body.put("status", failed ? "fail" : warned ? "warn" : "pass");
    if (options.shown.test(c)) {
      var shown = new LinkedHashMap<String, Object>();
      outcomes.forEach(outcome -> shown.put(outcome.name(), List.of(outcome.members())));
      body.put("checks", shown);
    }
    return answer(c, failed ? 503 : 200, body);
  }

  private static Response answer(Context c, int status, Map<String, Object> body) {
    return Response.bytes(status, MEDIA_TYPE, c.codec().write(body)).withHeader("Cache-Control", "no-store");
  }
}
