package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does something is not done for somebody who has not come. */
class PagesThatActAreNotPrefetchedTest {
  private int done;

  private App app() {
    var app = new App();
    app.use("/logout", RefusePrefetch.create());
    app.get("/logout", c -> {
      done++;
      return c.text("bye");
    });
    return app;
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefetch", "prefetch;prerender"})
  void inAdvanceNothingIsDone(String purpose) {
    Response refused = app().request(Request.get("/logout").withHeader("Sec-Purpose", purpose));
    assertEquals(503, refused.status());
    assertEquals("no-store", refused.header("Cache-Control").orElseThrow());
    assertEquals(0, done);
  }

  @Test
  void aVisitorIsServed() {
    assertEquals("bye", app().request("/logout").text());
    assertEquals(1, done);
  }
}
