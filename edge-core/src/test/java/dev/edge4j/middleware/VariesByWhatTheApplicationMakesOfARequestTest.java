package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows sees one value of the application's, and what leaves names the fields that it was made from. */
class VariesByWhatTheApplicationMakesOfARequestTest {
  private static String market(Context c) {
    return c.cookie("market").orElse("us");
  }

  private static Response answer(VaryBy gate, String vary, Request request) {
    var app = new App();
    app.use(gate);
    app.get("/", c -> {
      Response response = c.text(String.join("+", c.headers().all("Edge-Market")));
      return vary.isEmpty() ? response : response.withHeader("Vary", vary);
    });
    return app.request(request);
  }

  @Test
  void whatTheClientSendsUnderThatNameDoesNotCount() {
    Request request = Request.get("/").withHeader("Cookie", "market=jp").withHeader("edge-market", "evil");
    assertEquals("jp", answer(VaryBy.of("Edge-Market", VariesByWhatTheApplicationMakesOfARequestTest::market), "",
        request).text());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {"Edge-Market | Cookie", "edge-market, Accept | Cookie, Accept",
      "Accept, Edge-Market, Cookie | Accept, Cookie", "Accept | Accept", "* | *"})
  void clientsAreToldWhatTheySend(String inside, String outside) {
    VaryBy gate = VaryBy.of("Edge-Market", VariesByWhatTheApplicationMakesOfARequestTest::market);
    assertEquals(Optional.of(outside), answer(gate, inside, Request.get("/")).header("Vary"));
  }

  @Test
  void whatThePathSaysVariesByNothing() {
    VaryBy gate = VaryBy.of("Edge-Market", c -> "us").madeFrom();
    assertEquals(Optional.empty(), answer(gate, "Edge-Market", Request.get("/")).header("Vary"));
    assertEquals(Optional.empty(), answer(gate, "", Request.get("/")).header("Vary"));
    VaryBy byRequest = VaryBy.of("Edge-Market", c -> "us").madeFrom(c -> List.of("Cookie", c.query("x").orElse("A")));
    assertEquals(Optional.of("Cookie, B"), answer(byRequest, "Edge-Market", Request.get("/?x=B")).header("Vary"));
  }
}
