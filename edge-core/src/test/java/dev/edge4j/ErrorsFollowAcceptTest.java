package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error is a page for who takes pages more gladly, and problem details (RFC 9457) for everyone else. */
class ErrorsFollowAcceptTest {
  private static final String PAGE = "text/html; charset=utf-8";
  private static final String PROBLEM = "application/problem+json";

  private final App app = new App();

  private String typeFor(String accept) {
    Response response = app.request(Request.get("/nowhere").withHeader("Accept", accept));
    assertEquals("Accept", response.header("Vary").orElseThrow());
    return response.header("Content-Type").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/*", "TEXT/HTML;charset=UTF-8", "text/html,*/*", "text/html, */*;q=0.01",
      "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
      "application/json;q=0.4, text/html;q=0.5", "application/json;q=0, */*;q=0.1, application/problem+json;q=0"})
  void pagesForWhoTakesThemMoreGladly(String accept) {
    assertEquals(PAGE, typeFor(accept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*/*", "application/json", "application/*", "application/problem+json, text/html;q=0.9",
      "application/json, text/html;q=0.9", "text/html, application/json", "text/html;q=0, */*", "text/html;q=0",
      "image/png", "nonsense", "text/html;q=0.5, application/json;q=0.6"})
  void problemDetailsForEveryoneElse(String accept) {
    assertEquals(PROBLEM, typeFor(accept));
  }

  @Test
  void withoutTheFieldProblemDetails() {
    assertEquals(PROBLEM, app.request("/nowhere").header("Content-Type").orElseThrow());
  }

  @Test
  void aPageEscapesWhatTheClientSent() {
    String page = app.request(Request.get("/%3Cscript%3E%22&").withHeader("Accept", "text/html")).text();
    assertFalse(page.contains("<script>"), page);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, 0", "PT0.001S, 1", "PT1S, 1", "PT1M0.5S, 61"})
  void unavailableSaysInWholeSecondsWhenToComeAgain(Duration retryAfter, String field) {
    app.get("/", _ -> {
      throw new ServiceUnavailable("the cellar is being swept", retryAfter);
    });
    Response response = app.request("/");
    assertEquals(503, response.status());
    assertEquals(field, response.header("Retry-After").orElseThrow());
  }

  @Test
  void aTimeToComeAgainIsNotPast() {
    assertThrows(IllegalArgumentException.class, () -> new ServiceUnavailable("x", Duration.ofSeconds(-1)));
  }
}
