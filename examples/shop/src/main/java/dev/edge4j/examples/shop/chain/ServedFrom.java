package dev.edge4j.examples.shop.chain;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;

/**
 * The field {@code X-Served-From}: the step of the chain that gave an answer, and for one that is stale its age in seconds if that is
 * known, {@code stale-kv;age=340}. As a gate it corrects the field of what a response cache answers, which is the one the response was stored
 * with: it must stand outside of the cache.
 */
public final class ServedFrom implements Gate {
  /** The name of the field. */
  public static final String FIELD = "X-Served-From";

  /** The field that names what is missing or out of date: {@code catalog}, {@code cart}, {@code account}. */
  public static final String DEGRADED = "X-Degraded";

  /** A copy of the response that says where it comes from; also in {@code X-Cache}, as a response cache would. */
  public static Response on(Response response, Answer<?> answer) {
    Step step = answer.step();
    boolean hit = step == Step.MEMORY || step == Step.KV;
    return on(response, step, answer.age().toSeconds())
        .withHeader("X-Cache", hit ? "HIT" : step.isStale() ? "STALE" : "MISS");
  }

  /** A copy of the response that says that it is the last step. */
  public static Response onStatic(Response response) {
    return response.withHeader(FIELD, Step.STATIC.token());
  }

  @Override
  public Verdict before(Context c) {
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    Step near = response.headers().list("Cache-Status").stream().anyMatch(text -> text.contains("detail=kv")) ? Step.KV
        : Step.MEMORY;
    return switch (response.header("X-Cache").orElse("")) {
      case "HIT" -> on(response, near, 0);
      case "STALE" -> on(response, near.stale(), response.header("Age").map(Long::parseLong).orElse(0L))
          .withHeader(DEGRADED, "catalog"); // it is declared stale-if-error and never while it is refreshed
      default -> response;
    };
  }

  private static Response on(Response response, Step step, long age) {
    return response.withHeader(FIELD, step.token() + (step.isStale() && age > 0 ? ";age=" + age : ""));
  }
}
