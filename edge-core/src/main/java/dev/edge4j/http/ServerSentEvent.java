package dev.edge4j.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One event of a {@code text/event-stream} (WHATWG HTML section 9.2.6). Immutable.
 *
 * @param data what the client gets as {@code event.data}, over as many lines as it likes; CR and CR LF arrive as LF
 * @param event the type of the event; {@code message} if absent
 * @param id what the client sends as {@code Last-Event-ID} when it comes again; an empty one makes it forget what it had
 * @param retry how long the client waits before it comes again, in whole milliseconds
 */
public record ServerSentEvent(String data, Optional<String> event, Optional<String> id, Optional<Duration> retry) {
  /** {@link IllegalArgumentException} for a type or id that holds CR, LF or NUL: a client would read a field of its own, or ignore the id. */
  public ServerSentEvent {
    event.ifPresent(value -> check("event", value));
    id.ifPresent(value -> check("id", value));
    retry.filter(Duration::isNegative).ifPresent(value -> {
      throw new IllegalArgumentException("retry: " + value + " (expected: not negative)");
    });
  }

  /** An event that is data and no more. */
  public static ServerSentEvent of(String data) {
    return new ServerSentEvent(data, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public ServerSentEvent withEvent(String newEvent) {
    return new ServerSentEvent(data, Optional.of(newEvent), id, retry);
  }

  public ServerSentEvent withId(String newId) {
    return new ServerSentEvent(data, event, Optional.of(newId), retry);
  }

  public ServerSentEvent withRetry(Duration newRetry) {
    return new ServerSentEvent(data, event, id, Optional.of(newRetry));
  }

  /** The event as its client reads it: a line for each field, and the empty one that ends it; UTF-8, as every event stream is. */
  public byte[] encoded() {
    var text = new StringBuilder(data.length() + 32);
    id.ifPresent(value -> text.append("id: ").append(value).append('\n'));
    event.ifPresent(value -> text.append("event: ").append(value).append('\n'));
    retry.ifPresent(value -> text.append("retry: ").append(value.toMillis()).append('\n'));
    lines(text, "data: ", data);
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A comment, which clients read and forget: what keeps a connection from looking idle. */
  public static byte[] comment(String comment) {
    var text = new StringBuilder(comment.length() + 4);
    lines(text, comment.isEmpty() ? ":" : ": ", comment);
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The space behind the colon is always there: the client takes one away, and the text may begin with its own. */
  private static void lines(StringBuilder text, String field, String value) {
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n' || c == '\r') {
        text.append(field).append(value, from, i).append('\n');
        boolean pair = c == '\r' && i + 1 < value.length() && value.charAt(i + 1) == '\n';
        i += pair ? 1 : 0;
        from = i + 1;
      }
    }
    text.append(field).append(value, from, value.length()).append('\n');
  }

  private static void check(String field, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(field + " of an event holds CR, LF or NUL (expected: one line of text)");
    }
  }
}
