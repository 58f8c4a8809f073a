package dev.edge4j;

import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The response whose body is an {@link EventStream}. */
final class EventResponse {
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** A cache would hold the stream until its end, and so would a proxy that buffers; nginx is told by a field of its own. */
  private static final Headers HEADERS = Headers.of("Content-Type", MediaType.EVENT_STREAM, "Cache-Control", "no-store",
      "X-Accel-Buffering", "no");

  private EventResponse() {}

  static Response of(Context c, Duration heartbeat, EventStream.Source source) {
    if (heartbeat.isNegative()) {
      throw new IllegalArgumentException("heartbeat: " + heartbeat + " (expected: not negative; zero for none)");
    }
    Address here = c.address();
    boolean interruptible = c.interruptible();
    Optional<String> lastEventId = c.header("Last-Event-ID").filter(id -> !id.isEmpty()).map(EventResponse::decoded);
    Body.Writer writer = out -> {
      Address outer = c.enter(here); // the source reads the parameters of its route, as if it ran in its handler
      try {
        write(c, new EventStream(out, lastEventId, c.time(), heartbeat), interruptible, source);
      } finally {
        c.enter(outer);
      }
    };
    return new Response(200, HEADERS, new Body.Stream(writer));
  }

  private static void write(Context c, EventStream events, boolean interruptible, EventStream.Source source)
      throws IOException {
    var interruption = new Interruption(Thread.currentThread());
    c.part().onCancel(() -> {
      events.left();
      if (interruptible) {
        interruption.fire();
      }
    });
    c.scope().onDrain(events::close);
    try {
      events.run(source);
    } finally {
      interruption.end();
    }
  }

  /** Clients send it as UTF-8 (WHATWG HTML section 9.2.3), and a field's value comes as one character a byte. */
  private static String decoded(String value) {
    if (!value.chars().allMatch(c -> c <= 0xFF)) {
      return value;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder()
          .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return value; // it was not a client of ours that said so
    }
  }
}
