package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Timings;
import dev.edge4j.Verdict;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells in {@code Server-Timing} how long each layer of {@link Context#timings()} took, and {@code total}: from this gate to the
 * head of the response. Browsers show it beside the request. Anyone who can see the response can read it; {@link #when} says who is told.
 *
 * <p>Source: W3C Server Timing, section 2.
 */
public final class Timing implements Gate {
  /** More than this would make a head that proxies refuse. */
  private static final int MAX_SPANS = 64;

  /** What cannot stand in a name. */
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9_.-]");

  private final Stopwatch stopwatch = new Stopwatch();

  private final Predicate<? super Context> shown;
  private final String readers;

  private Timing(Predicate<? super Context> shown, String readers) {
    this.shown = shown;
    this.readers = readers;
  }

  public static Timing create() {
    return new Timing(_ -> true, "");
  }

  /**
   * Tells it only in answers to requests that pass this test, those of staff say: how long a lookup took may say whether something was found.
   *
   * @param test asked when the response is ready; must not block
   */
  public Timing when(Predicate<? super Context> test) {
    return new Timing(test, readers);
  }

  /**
   * Lets scripts of pages of these origins read it too, by {@code Timing-Allow-Origin} (W3C Resource Timing, section 4.5.1): {@code
   * https://example.com}, or {@code *} for all. Without it a browser shows it to pages of our own origin alone.
   */
  public Timing readableBy(String... origins) {
    for (String origin : origins) {
      if (!origin.equals("*")) {
        Origin.of(origin);
      }
    }
    return new Timing(shown, String.join(", ", origins));
  }

  @Override
  public Verdict before(Context c) {
    stopwatch.start(c);
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    if (!shown.test(c)) {
      return response;
    }
    var field = new StringBuilder();
    List<Timings.Span> spans = c.timings().spans();
    for (Timings.Span span : spans.subList(0, Math.min(spans.size(), MAX_SPANS))) {
      append(field, span.layer(), span.duration().toNanos());
    }
    append(field, "total", stopwatch.elapsed(c));
    Response timed = response.withAddedHeader("Server-Timing", field.toString());
    return readers.isEmpty() ? timed : timed.withHeader("Timing-Allow-Origin", readers);
  }

  private static void append(StringBuilder field, String layer, long nanos) {
    field.append(field.isEmpty() ? "" : ", ").append(token(layer)).append(";dur=").append(Millis.exact(nanos));
  }

  /** The name as a token of RFC 9110 section 5.6.2; what cannot stand in one becomes a hyphen. */
  private static String token(String layer) {
    Matcher other = OTHER.matcher(layer);
    return layer.isEmpty() ? "-" : other.find() ? other.replaceAll("-") : layer;
  }
}
