package dev.edge4j.render.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.render.Late;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever order late parts come in, however late, and whichever fail: with all patches applied the page is the one rendered as a whole. */
class TheFinalPageIsTheOneRenderedInPlaceTest {
  /** A part, which may hold others that are late as well. */
  public record Part(String name, List<Holder> inner) {}

  /** Where a late part is in a list. */
  public record Holder(Late<Part> late) {}

  private static final Views VIEWS = Views.of(Map.of(
      "page", "<html><head></head><body>{{#parts}}{{>part}}{{/parts}}</body></html>",
      "part", "<div>{{#late}}<b>{{name}}</b>{{#inner}}{{>part}}{{/inner}}{{/late}}{{^late}}<i>wait</i>{{/late}}</div>"),
      ViewOptions.strict());

  /** Makes the same tree of parts twice: one that has to be waited for, one that is there. */
  private static final class Trees {
    private final Random random;
    private final List<CountDownLatch> latches = new ArrayList<>();
    private int names;

    Trees(long seed) {
      random = new Random(seed);
    }

    /** The part as it comes late, and as it is in the end. */
    record Both(Holder late, Holder there) {}

    Both make(int depth) {
      String name = "p" + names++;
      List<Both> inner = new ArrayList<>();
      int children = depth == 0 ? 0 : random.nextInt(3);
      for (int i = 0; i < children; i++) {
        inner.add(make(depth - 1));
      }
      var late = new Part(name, inner.stream().map(Both::late).toList());
      var there = new Part(name, inner.stream().map(Both::there).toList());
      var go = new CountDownLatch(1);
      latches.add(go);
      Late<Part> after = Late.of(() -> {
        go.await();
        return late;
      });
      Late<Part> failing = Late.of(() -> {
        go.await();
        throw new IllegalStateException(name);
      });
      Late<Part> stuck = Late.<Part>of(() -> {
        new CountDownLatch(1).await();
        return late;
      }).within(Duration.ofMillis(1 + random.nextInt(20)));
      var instead = new Part("instead of " + name, List.of());
      return switch (random.nextInt(8)) {
        case 0 -> new Both(new Holder(failing), new Holder(Late.<Part>of(() -> {
          throw new IllegalStateException(name);
        }).orEmpty()));
        case 1 -> new Both(new Holder(failing.orElse(instead)), there(instead));
        case 2 -> new Both(new Holder(stuck.orElse(instead)), there(instead));
        case 3 -> new Both(new Holder(Late.of(() -> late)), there(there)); // there or not by the time it is met
        default -> new Both(new Holder(after), there(there));
      };
    }

    private static Holder there(Part part) {
      return new Holder(Late.of(() -> part));
    }
  }

  @Property(tries = 40)
  void inAnyOrderAndWithAnyFailure(@ForAll long seed) {
    var trees = new Trees(seed);
    List<Trees.Both> parts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      parts.add(trees.make(2));
    }
    var app = new App();
    app.use(VIEWS);
    app.get("/", c -> c.stream("page", Map.of("parts", parts.stream().map(Trees.Both::late).toList())));
    Collections.shuffle(trees.latches, trees.random);
    Thread.ofVirtual().start(() -> trees.latches.forEach(latch -> {
      latch.countDown();
      Thread.onSpinWait();
    }));
    String expected = new String(VIEWS.render("page", Map.of("parts", parts.stream().map(Trees.Both::there).toList())),
        UTF_8);
    try (TestClient client = TestClient.inProcess(app)) {
      assertEquals(expected, Patched.of(client.get("/").text()));
    }
    assertEquals(Optional.empty(), Optional.of(expected).filter(page -> page.contains("wait")));
  }
}
