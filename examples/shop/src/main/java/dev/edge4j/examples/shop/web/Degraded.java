package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.Key;
import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.edge.Trace;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a page has to do without, or shows out of date: one for each request. Visitors read it on the page, programs in
 * {@code X-Degraded: cart, account}.
 */
final class Degraded {
  private static final Key<Degraded> KEY = Key.named("what a page has to do without");

  private static final Duration A_YEAR = Duration.ofDays(365);

  private final Optional<Trace> trace;
  private final List<String> parts = new CopyOnWriteArrayList<>();
  private final List<String> sentences = new CopyOnWriteArrayList<>();

  private Degraded(Optional<Trace> trace) {
    this.trace = trace;
  }

  static Degraded of(Context c) {
    return c.get(KEY).orElseGet(() -> {
      var none = new Degraded(Trace.of(c));
      c.set(KEY, none);
      return none;
    });
  }

  /** Tells that a part is missing or out of date, once however often it is told. */
  void tell(String part, String sentence) {
    if (!parts.contains(part)) {
      parts.add(part);
      sentences.add(sentence);
    }
  }

  /** Tells if the answer is out of date, and returns it. */
  <V> Answer<V> told(Answer<V> answer) {
    trace.ifPresent(known -> known.answered(answer));
    if (answer.isOutOfDate()) {
      outOfDate(answer.age());
    }
    return answer;
  }

  /** Tells if one of its prices is out of date, and returns it. */
  PricedCart told(PricedCart cart) {
    if (cart.outOfDate()) {
      outOfDate(Duration.ZERO);
    }
    return cart;
  }

  /** Tells that the origin is away, and how old the edge copy is. */
  void originAway(Duration behind) {
    String age = behind.compareTo(A_YEAR) < 0 ? "What you see is " + words(behind) + " old. " : "";
    tell("origin", "Our warehouse cannot be reached just now. " + age + "Look around, search and fill your cart: what"
        + " you order is kept, and confirmed when the warehouse is back.");
  }

  private void outOfDate(Duration age) {
    tell(Catalogue.CLASS, "Prices and stock on this page may be out of date" + (age.isZero() ? ""
        : ": they are " + words(age) + " old") + ". What counts is what they are when you order.");
  }

  /** A time as people say it: {@code 12 seconds}, {@code 90 seconds}, {@code 12 minutes}, {@code 3 hours}; of a unit there are two at least, but for a second. */
  static String words(Duration time) {
    if (time.toHours() > 1) {
      return time.toHours() + " hours";
    }
    if (time.toMinutes() > 1) {
      return time.toMinutes() + " minutes";
    }
    return time.toSeconds() == 1 ? "1 second" : time.toSeconds() + " seconds";
  }

  /** For the visitor; empty if all is well. */
  Optional<String> notice() {
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  Response on(Response response) {
    return parts.isEmpty() ? response : response.withHeader(ServedFrom.DEGRADED, String.join(", ", parts));
  }
}
