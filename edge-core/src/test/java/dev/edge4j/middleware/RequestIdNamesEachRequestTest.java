package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each request has an id, in the handler and in the response; a client may bring a harmless one. */
class RequestIdNamesEachRequestTest {
  private final App app = new App();

  @BeforeEach
  void routes() {
    app.use(RequestId.create());
    app.get("/", c -> c.text(c.require(RequestId.KEY)));
  }

  @Test
  void theHandlerAndTheResponseHaveTheSame() {
    Response response = app.request("/");
    assertEquals(Optional.of(response.text()), response.header("X-Request-Id"));
    assertTrue(response.text().matches("[0-9a-f]{32}"), response.text());
  }

  @Test
  void idsDiffer() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      ids.add(app.request("/").text());
    }
    assertEquals(10_000, ids.size());
  }

  @Test
  void errorsHaveOneToo() {
    assertTrue(app.request("/nowhere").headers().contains("X-Request-Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "trace-1_2=", "0123456789012345678901234567890123456789"})
  void aHarmlessIdOfTheClientIsKept(String id) {
    assertEquals(id, app.request(Request.get("/").withHeader("X-Request-Id", id)).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\tb", "<script>", "a,b", "${jndi:x}", "\u00e9"})
  void anyOtherIsReplaced(String id) {
    String given = app.request(Request.get("/").withHeader("X-Request-Id", id)).text();
    assertNotEquals(id, given);
    assertTrue(given.matches("[0-9a-f]{32}"), given);
  }

  @Test
  void oneHundredAndTwentyEightCharactersAreTheLimit() {
    String longest = "x".repeat(128);
    assertEquals(longest, app.request(Request.get("/").withHeader("X-Request-Id", longest)).text());
    assertNotEquals(longest + "x", app.request(Request.get("/").withHeader("X-Request-Id", longest + "x")).text());
  }

  private static App app(RequestId ids) {
    var app = new App();
    app.use(ids);
    app.get("/", c -> c.text(c.require(RequestId.KEY)));
    return app;
  }

  @Test
  void theClientsIsIgnoredWhereThatIsAskedFor() {
    Response response = app(RequestId.create().ignoringClients()).request(Request.get("/")
        .withHeader("X-Request-Id", "mine"));
    assertNotEquals("mine", response.text());
    assertEquals(Optional.of(response.text()), response.header("X-Request-Id"));
  }

  @Test
  void itMayStandInAnotherFieldAndBeMadeInAnotherWay() {
    App own = app(RequestId.create().in("X-Correlation-Id").by(() -> "made"));
    assertEquals("sent", own.request(Request.get("/").withHeader("X-Correlation-Id", "sent")).text());
    Response made = own.request(Request.get("/").withHeader("X-Request-Id", "ignored"));
    assertEquals(Optional.of("made"), made.header("X-Correlation-Id"));
    assertEquals(Optional.empty(), made.header("X-Request-Id"));
    assertThrows(IllegalArgumentException.class, () -> RequestId.create().in("a b"));
    assertEquals(500, app(RequestId.create().by(() -> "a\nb")).request("/").status());
  }
}
