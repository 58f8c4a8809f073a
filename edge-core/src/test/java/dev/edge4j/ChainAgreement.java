package dev.edge4j;

import dev.edge4j.ReferencePipeline.Outcome;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Asks random applications and {@link ReferencePipeline} the same, and throws {@link AssertionError} where they differ. Tells what it
 * saw, so that a check that saw nothing can be told from one that passed.
 */
public final class ChainAgreement {
  private static final List<String> METHODS = List.of("GET", "GET", "HEAD", "POST", "OPTIONS", "PUT");
  private static final int REQUESTS = 8;

  private ChainAgreement() {}

  /** Checks that many random applications; the same seed makes the same ones. */
  public static Map<String, Integer> check(long seed, int applications) {
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < applications; i++) {
      Random random = new Random(seed + i);
      RandomApp made = new RandomApp(random);
      for (int j = 0; j < REQUESTS; j++) {
        Outcome outcome = check(made, METHODS.get(random.nextInt(METHODS.size())), made.path());
        seen.merge("status " + outcome.status(), 1, Integer::sum);
        seen.merge("names " + Math.min(outcome.trace().size(), 4), 1, Integer::sum);
      }
    }
    return seen;
  }

  private static Outcome check(RandomApp made, String method, String path) {
    Outcome expected = made.reference().of(method, path);
    made.run.clear();
    try {
      check(made, method, path, expected);
    } catch (RuntimeException e) {
      throw new AssertionError(method + " " + path + " (expected: " + expected + ")", e);
    }
    return expected;
  }

  private static void check(RandomApp made, String method, String path, Outcome expected) {
    String asked = method + " " + path;
    Exchange exchange = made.app.open(Request.of(Method.of(method), path));
    Optional<Response> fast = exchange.fastLane();
    List<String> begun = List.copyOf(made.run.began());
    Response response = fast.orElseGet(exchange::slowLane);
    exchange.sent();
    Outcome got = new Outcome(List.copyOf(made.run.began()), response.status(), allow(response));
    require(got.equals(expected), made, asked + " gave " + got, expected);
    require(begun.equals(inFastLane(expected)), made, asked + " ran " + begun + " in the fast lane", expected);
    require(made.run.ended().equals(backwards(expected, RandomApp.MIDDLEWARE)), made, asked + ": " + made.run,
        expected);
    require(made.run.after().equals(backwards(expected, RandomApp.GATE)), made, asked + ": " + made.run, expected);
  }

  /** The leading gates, and a handler that is declared inline right behind them. */
  private static List<String> inFastLane(Outcome outcome) {
    List<String> trace = outcome.trace();
    int gates = 0;
    while (gates < trace.size() && trace.get(gates).startsWith(RandomApp.GATE)) {
      gates++;
    }
    boolean inline = gates < trace.size() && trace.get(gates).startsWith(RandomApp.INLINE);
    return trace.subList(0, inline ? gates + 1 : gates);
  }

  private static String allow(Response response) {
    return response.headers().first("Allow").orElse("");
  }

  /** Those of a kind, the last one first. */
  private static List<String> backwards(Outcome outcome, String kind) {
    return outcome.trace().reversed().stream().filter(name -> name.startsWith(kind)).toList();
  }

  private static void require(boolean met, RandomApp made, String what, Outcome expected) {
    if (!met) {
      StringBuilder lines = new StringBuilder();
      made.reference().lines().forEach(line -> lines.append("\n  ").append(line));
      throw new AssertionError(what + " (expected: " + expected + ") with" + lines);
    }
  }
}
