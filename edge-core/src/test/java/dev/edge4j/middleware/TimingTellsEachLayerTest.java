package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.NotFound;
import dev.edge4j.http.Request;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Server-Timing} names each measured layer and the total. */
class TimingTellsEachLayerTest {
  private final App app = new App();

  @Test
  void inOrderWithTheTotalLast() {
    app.use(Timing.create());
    app.get("/", c -> {
      c.timings().record("db", Duration.ofNanos(1_234_567));
      c.timings().record("kv", Duration.ofMillis(20));
      return c.text("ok");
    });
    String field = app.request("/").header("Server-Timing").orElseThrow();
    assertTrue(field.matches("db;dur=1\\.234, kv;dur=20\\.000, total;dur=\\d+\\.\\d{3}"), field);
  }

  @Test
  void aNameThatIsNoTokenBecomesOne() {
    app.use(Timing.create());
    app.get("/", c -> {
      c.timings().record("a b;c,\r\nd", Duration.ZERO);
      c.timings().record("", Duration.ZERO);
      return c.text("ok");
    });
    String field = app.request("/").header("Server-Timing").orElseThrow();
    assertTrue(field.startsWith("a-b-c---d;dur=0.000, -;dur=0.000, total;"), field);
  }

  @Test
  void manyLayersDoNotMakeAHeadThatProxiesRefuse() {
    app.use(Timing.create());
    app.get("/", c -> {
      for (int i = 0; i < 1_000; i++) {
        c.timings().record("layer", Duration.ZERO);
      }
      return c.text("ok");
    });
    assertEquals(65, app.request("/").headers().list("Server-Timing").size());
  }

  @Test
  void errorsAndUnknownPathsAreTimedToo() {
    app.use(Timing.create());
    app.get("/gone", c -> {
      throw new NotFound("gone");
    });
    assertTrue(app.request("/gone").headers().contains("Server-Timing"));
    assertTrue(app.request("/nowhere").headers().contains("Server-Timing"));
  }

  @Test
  void onlyThoseAreToldWhoMayBe() {
    app.use(Timing.create().when(c -> c.header("X-Staff").isPresent()));
    app.get("/", c -> c.text("ok"));
    assertFalse(app.request("/").headers().contains("Server-Timing"));
    assertTrue(app.request(Request.get("/").withHeader("X-Staff", "1")).headers().contains("Server-Timing"));
  }

  @Test
  void pagesOfOtherOriginsReadItWhereTheyMay() {
    var open = new App();
    open.use(Timing.create().readableBy("https://a.example", "https://b.example"));
    open.get("/", c -> c.text("ok"));
    assertEquals("https://a.example, https://b.example",
        open.request("/").header("Timing-Allow-Origin").orElseThrow());
    app.use(Timing.create());
    app.get("/", c -> c.text("ok"));
    assertFalse(app.request("/").headers().contains("Timing-Allow-Origin"));
    assertThrows(IllegalArgumentException.class, () -> Timing.create().readableBy("a.example"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.000, 0.0", "999, 0.000, 0.0", "1000, 0.001, 0.0", "3204999, 3.204, 3.2",
      "1000010000, 1000.010, 1000.0"})
  void durationsAreDecimalMillisecondsInEveryLocale(long nanos, String exact, String brief) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertEquals(exact, Millis.exact(nanos));
      assertEquals(brief, Millis.brief(nanos));
    } finally {
      Locale.setDefault(before);
    }
  }
}
