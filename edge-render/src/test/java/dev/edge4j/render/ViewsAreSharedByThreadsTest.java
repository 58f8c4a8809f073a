package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One Views serves many threads, each with its own model. */
class ViewsAreSharedByThreadsTest {
  record Page(int id, List<Integer> rows) {}

  @Test
  void eachPageIsItsOwn() throws Exception {
    Views views = Views.of(Map.of("page", "{{<layout}}{{$main}}{{#rows}}{{>row}}{{/rows}}{{/main}}{{/layout}}",
        "layout", "{{id}}:{{$main}}{{/main}}", "row", "[{{.}}/{{id}}]"), ViewOptions.strict());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> pages = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        Page page = new Page(i, List.of(i, i + 1));
        pages.add(threads.submit(() -> views.render("page", page)));
      }
      for (int i = 0; i < pages.size(); i++) {
        assertEquals("%1$d:[%1$d/%1$d][%2$d/%1$d]".formatted(i, i + 1), new String(pages.get(i).get(), UTF_8));
      }
    }
  }
}
