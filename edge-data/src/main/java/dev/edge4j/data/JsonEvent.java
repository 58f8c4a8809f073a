package dev.edge4j.data;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as the JSON it became: what sinks store, and what comes out of a store of events. To a sink that does not know it, it is a
 * map like any other; one that does takes {@link #json()} as it is. Numbers with a fraction are doubles in the map. Immutable.
 */
public final class JsonEvent extends AbstractMap<String, Object> {
  private static final JsonCodec JSON = JsonCodec.jackson();
  private static final TypeRef<Map<String, Object>> FIELDS = new TypeRef<>() {};

  private final String type;
  private final String json;
  private volatile @Nullable Map<String, Object> fields;

  /**
   * An event that was kept as JSON.
   *
   * @param json an object; what is none is found out when the map is read
   */
  public JsonEvent(String type, String json) {
    this.type = type;
    this.json = json;
  }

  /** Throws {@link IllegalArgumentException} if the event is neither a record nor a map. */
  public static JsonEvent of(Object event) {
    return switch (event) {
      case JsonEvent json -> json;
      case Record named -> new JsonEvent(named.getClass().getSimpleName(), text(event));
      case Map<?, ?> map -> new JsonEvent(map.get("type") instanceof String type ? type : "map", text(event));
      default -> throw new IllegalArgumentException("event: " + event.getClass().getName()
          + " (expected: a record or a map)");
    };
  }

  /** The name of the record that it was; of a map its {@code "type"}, else {@code "map"}. */
  public String type() {
    return type;
  }

  /** The object, in one line. */
  public String json() {
    return json;
  }

  /** The fields of the object; they cannot be changed. */
  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> read = fields;
    if (read == null) {
      read = Collections.unmodifiableMap(JSON.read(json.getBytes(StandardCharsets.UTF_8), FIELDS));
      fields = read;
    }
    return read.entrySet();
  }

  private static String text(Object event) {
    return new String(JSON.write(event), StandardCharsets.UTF_8);
  }
}
