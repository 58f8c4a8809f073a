package dev.edge4j.examples.shop.edge;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.examples.shop.chain.Step;
import dev.edge4j.render.Hole;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The bar at the foot of a page, as far as the server knows it when the template comes there: the rest, above all what the network did, is
 * filled in by a script.
 *
 * @param trace by which the script knows whether the page is the one that the header fields are of
 * @param total milliseconds so far, as text
 * @param cache {@code HIT}, {@code STALE}, {@code MISS}, or {@code NONE} for a page with nothing of the catalogue
 * @param step the step of the chain that gave the content
 * @param age how old that is, as text
 * @param standby whether nothing but the page that was made at the start could answer
 * @param far where the same page is answered by the origin, over the simulated distance; empty where there is no other
 * @param dashboard whether there is a dashboard to look at
 * @param worldly whether there are regions to choose from, whose distances are simulated
 */
public record EdgeBar(String trace, String region, String title, String total, List<Row> rows, String cache,
    Optional<String> step, Optional<String> age, String lag, Optional<String> cart, Optional<String> bucket,
    String scheme, boolean standby, boolean worldly, Optional<String> far, boolean dashboard,
    List<Choice> choices) {
  /** How wide the drawing is, in its own units. */
  static final int WIDTH = 1000;

  /**
   * A line of the waterfall.
   *
   * @param x where it begins, of 1000
   * @param width how long it is, of 1000, and never so short that it is not seen
   */
  public record Row(String layer, long x, long width, String millis) {}

  /** A region of the switcher. */
  public record Choice(String title, String url, boolean here) {}

  /** What fills the hole of that name: the bar as of when the page comes to it, so that it knows of all that was done until then. Empty for what is not traced. */
  public static Hole<Optional<EdgeBar>> hole(String name, Context c) {
    return Hole.of(name, () -> Trace.of(c).map(EdgeBar::of));
  }

  static EdgeBar of(Trace trace) {
    Duration elapsed = trace.elapsed();
    Site site = trace.site();
    Optional<Answer<?>> answer = trace.answer();
    boolean standby = answer.filter(each -> each.step() == Step.STATIC).isPresent();
    List<Choice> choices = site.others()
        .apply(trace.host())
        .stream()
        .map(other -> new Choice(other.title(), other.url() + trace.path(), other.here()))
        .toList();
    return new EdgeBar(trace.id(), site.region(), site.title(), Texts.millis(elapsed), rows(trace.spans(), elapsed),
        cache(answer), answer.map(each -> each.step().token()), age(answer).map(Texts::age),
        Texts.lag(site.lag().get()), trace.cart(), trace.bucket(), trace.scheme(), standby, !choices.isEmpty(),
        site.far().map(prefix -> prefix + trace.path()), site.dashboard(), choices);
  }

  /** {@code HIT}, {@code STALE}, {@code MISS} or {@code NONE}. */
  static String cache(Optional<Answer<?>> answer) {
    return answer.map(each -> switch (each.step()) {
      case MEMORY, KV -> "HIT";
      case STALE_MEMORY, STALE_KV, STALE_REPLICA -> "STALE";
      case REPLICA, ORIGIN -> "MISS";
      case STATIC -> "NONE";
    }).orElse("NONE");
  }

  /** How old the content is; empty without any, which what was made at the start has not either. */
  static Optional<Duration> age(Optional<Answer<?>> answer) {
    return answer.filter(each -> each.step() != Step.STATIC).map(Answer::age);
  }

  static List<Row> rows(List<Span> spans, Duration whole) {
    double unit = WIDTH / (double) Math.max(1, whole.toNanos());
    return spans.stream().map(span -> {
      long x = Math.min(WIDTH - 4, Math.round(span.start().toNanos() * unit));
      long width = Math.clamp(Math.round(span.duration().toNanos() * unit), 4, WIDTH - x);
      return new Row(span.layer(), x, width, Texts.millis(span.duration()));
    }).toList();
  }

  /** Durations in words. */
  static final class Texts {
    private static final Duration NEVER = Duration.ofDays(365);

    private Texts() {}

    static String millis(Duration duration) {
      long hundredths = (duration.toNanos() + 5_000) / 10_000;
      long tenths = (duration.toNanos() + 50_000) / 100_000;
      return hundredths < 1_000 ? decimal(hundredths / 100, hundredths % 100, 2) : decimal(tenths / 10, tenths % 10, 1);
    }

    private static String decimal(long whole, long rest, int digits) {
      return whole + (digits == 2 && rest < 10 ? ".0" : ".") + rest;
    }

    static String age(Duration age) {
      return age.toSeconds() < 60 ? String.format(Locale.ROOT, "%.1f s", age.toMillis() / 1e3)
          : age.toMinutes() < 60 ? age.toMinutes() + " min" : age.toHours() + " h";
    }

    static String lag(Duration lag) {
      return lag.compareTo(NEVER) > 0 ? "unknown" : age(lag);
    }
  }
}
