package dev.edge4j.cache.response;

import dev.edge4j.cache.http.CacheKey;
import dev.edge4j.http.Request;
import java.util.ArrayList;
import java.util.List;

/** Under which keys fetches are found. Pure. */
final class Keys {
  private Keys() {}

  /** The target, and what of the request its answers are known to depend on. */
  static String variant(Engine engine, String primary, Request request) {
    List<String> fields = engine.settings.policy.selection().fields();
    List<String> learned = engine.marks.vary(primary);
    if (learned.isEmpty() && fields.isEmpty()) {
      return primary;
    }
    List<String> names = new ArrayList<>(fields);
    names.addAll(learned);
    return primary + "\n" + engine.rules.variant(request, CacheKey.names(names));
  }
}
