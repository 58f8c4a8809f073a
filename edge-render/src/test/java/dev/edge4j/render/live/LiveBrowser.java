package dev.edge4j.render.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What live.js does with messages, up to the HTML that it compares with the page. */
final class LiveBrowser {
  private final Map<String, List<String>> statics = new HashMap<>();
  private Object root = "";

  @SuppressWarnings("unchecked") // what does not fit fails the test
  void receive(String message) {
    Map<String, Object> m = JsonCodec.jackson().read(message.getBytes(UTF_8), new TypeRef<Map<String, Object>>() {});
    if (m.containsKey("n")) {
      statics.clear();
      root = m.get("n");
    }
    ((Map<String, List<String>>) m.getOrDefault("s", Map.of())).forEach((id, pieces) -> {
      if (statics.put(id, pieces) != null) {
        throw new AssertionError("statics " + id + " were sent twice");
      }
    });
    for (Object change : (List<Object>) m.getOrDefault("p", List.of())) {
      List<Integer> way = (List<Integer>) ((List<Object>) change).getFirst();
      List<Object> node = (List<Object>) root;
      for (int index : way.subList(0, way.size() - 1)) {
        node = (List<Object>) node.get(index);
      }
      node.set(way.getLast(), ((List<Object>) change).get(1));
    }
  }

  String html() {
    return html(root);
  }

  private String html(Object node) {
    if (node instanceof String text) {
      return text;
    }
    var html = new StringBuilder();
    List<?> list = (List<?>) node;
    if (list.isEmpty() || !(list.getFirst() instanceof Number id)) {
      list.forEach(row -> html.append(html(row)));
      return html.toString();
    }
    List<String> pieces = statics.getOrDefault(id.toString(), List.of());
    assertFalse(pieces.isEmpty(), () -> "statics " + id + " were never sent");
    for (int i = 0; i < pieces.size(); i++) {
      html.append(i == 0 ? "" : html(list.get(i))).append(pieces.get(i));
    }
    return html.toString();
  }
}
