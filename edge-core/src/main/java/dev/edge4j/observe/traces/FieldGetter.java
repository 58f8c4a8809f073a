package dev.edge4j.observe.traces;

import dev.edge4j.http.Headers;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of W3C Trace Context. Two of {@code traceparent} are as good as none; {@code tracestate} is a list (sections 3.2 and 3.3). */
final class FieldGetter implements TextMapGetter<Headers> {
  @Override
  public Iterable<String> keys(Headers carrier) {
    return List.of("traceparent", "tracestate");
  }

  @Override
  public @Nullable String get(@Nullable Headers carrier, String name) {
    List<String> lines = carrier == null ? List.of() : carrier.all(name);
    boolean ambiguous = lines.size() > 1 && name.equals("traceparent");
    return lines.isEmpty() || ambiguous ? null : String.join(",", lines);
  }
}
