package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.examples.shop.edge.Trace;
import dev.edge4j.http.Response;
import java.util.Locale;

/** The version of the shop that answers, and the words in which the two differ. Says so in {@code X-Canary}. */
public enum Variant implements Gate {
  STABLE("Things worth keeping", "Well made, fairly priced, and close to you wherever you are.", "Look around"),
  NEXT("Buy less, keep it longer", "Eight shelves of things that are made to be repaired.", "Find yours");

  private final String headline;
  private final String lead;
  private final String call;

  Variant(String headline, String lead, String call) {
    this.headline = headline;
    this.lead = lead;
    this.call = call;
  }

  String headline() {
    return headline;
  }

  String lead() {
    return lead;
  }

  /** The text of the button. */
  String call() {
    return call;
  }

  /** The name in the header: {@code stable}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Verdict before(Context c) {
    Trace.of(c).ifPresent(trace -> {
      trace.bucket(label());
      trace.passedGates();
    });
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    return response.withHeader("X-Canary", label());
  }
}
