package dev.edge4j.examples.shop.edge;

import dev.edge4j.examples.shop.chain.Answer;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * What the script of the edge bar reads beside the layers: more entries of {@code Server-Timing}, whose descriptions are facts. They are of this
 * response, whatever page a cache has put into it.
 *
 * <p>Source: W3C Server Timing, section 2.
 */
public final class ServerTimings {
  private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9 _.:-]");

  private ServerTimings() {}

  /** A copy of the response that tells them. Values are tokens of our own, so none has to be escaped. */
  public static Response on(Response response, Trace trace) {
    var entries = new StringJoiner(", ");
    fact(entries, "trace", trace.id());
    fact(entries, "region", trace.site().region());
    trace.bucket().ifPresent(label -> fact(entries, "bucket", label));
    trace.cart().ifPresent(hash -> fact(entries, "object", hash));
    time(entries, "lag", trace.site().lag().get());
    Optional<Answer<?>> answer = trace.answer();
    answer.ifPresent(each -> fact(entries, "cache", EdgeBar.cache(answer) + " " + each.step().token()));
    EdgeBar.age(answer).ifPresent(age -> time(entries, "age", age));
    for (Span span : trace.spans()) {
      entries.add("at-" + span.layer() + ";dur=" + EdgeBar.Texts.millis(span.start()));
    }
    response.header("Content-Encoding").ifPresent(codec -> fact(entries, "codec", codec));
    return response.withAddedHeader("Server-Timing", entries.toString());
  }

  private static void fact(StringJoiner entries, String name, String value) {
    entries.add(name + ";desc=\"" + OTHER.matcher(value).replaceAll("-") + "\"");
  }

  private static void time(StringJoiner entries, String name, Duration duration) {
    entries.add(name + ";dur=" + duration.toMillis());
  }
}
