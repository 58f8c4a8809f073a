package dev.edge4j.state;

import dev.edge4j.json.JsonCodec;
import java.time.Instant;
import java.util.Optional;

/** An alarm that goes off, as its handler sees it. Immutable. */
public final class Alarm {
  private final String name;
  private final Instant planned;
  private final int attempt;
  private final Optional<byte[]> payload;
  private final JsonCodec codec;

  /** One occurrence of an alarm. */
  public Alarm(String name, Instant planned, int attempt, Optional<byte[]> payload, JsonCodec codec) {
    this.name = name;
    this.planned = planned;
    this.attempt = attempt;
    this.payload = payload;
    this.codec = codec;
  }

  /** Its name in the object. */
  public String name() {
    return name;
  }

  /** When it was to go off at first, however often it was tried since. */
  public Instant planned() {
    return planned;
  }

  /** How often it has been tried before: 0 at first. */
  public int attempt() {
    return attempt;
  }

  /** What it was set with; throws {@link dev.edge4j.json.JsonException} if that does not fit the type. */
  public <P> Optional<P> payload(Class<P> type) {
    return payload.map(json -> codec.read(json, type));
  }
}
