package dev.edge4j.middleware.session;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a session.
 *
 * @param created when it began, or was renewed
 * @param touched when somebody last looked at it, more or less
 * @param values its texts by their names
 */
record SessionData(Instant created, Instant touched, Map<String, String> values) {
  /** The same with short names, for a cookie has little room. */
  private record Wire(long c, long t, Map<String, String> v) {}

  SessionData {
    values = Map.copyOf(values);
  }

  static SessionData beginning(Instant now) {
    return new SessionData(now, now, Map.of());
  }

  SessionData with(String name, String value) {
    var changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new SessionData(created, touched, changed);
  }

  SessionData without(String name) {
    var changed = new LinkedHashMap<>(values);
    changed.remove(name);
    return new SessionData(created, touched, changed);
  }

  SessionData touched(Instant now) {
    return new SessionData(created, now, values);
  }

  SessionData renewed(Instant now) {
    return new SessionData(now, now, values);
  }

  /** How long it still lives if nobody looks at it; not positive once it is over. */
  Duration rest(Lifetime lifetime, Instant now) {
    Duration whole = Duration.between(now, created.plus(lifetime.most()));
    Duration idle = Duration.between(now, touched.plus(lifetime.idle()));
    return whole.compareTo(idle) < 0 ? whole : idle;
  }

  byte[] encode() {
    return JsonCodec.jackson().write(new Wire(created.toEpochMilli(), touched.toEpochMilli(), values));
  }

  /** Empty for what is none, a value of another version say. */
  static Optional<SessionData> decode(byte[] bytes) {
    try {
      Wire wire = JsonCodec.jackson().read(bytes, Wire.class);
      return Optional.of(new SessionData(Instant.ofEpochMilli(wire.c), Instant.ofEpochMilli(wire.t), wire.v));
    } catch (JsonException other) {
      return Optional.empty();
    }
  }
}
