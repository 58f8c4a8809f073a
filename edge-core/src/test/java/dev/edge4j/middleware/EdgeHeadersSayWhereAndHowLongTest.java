package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Region, time and country stand on every response, and the country comes from a trusted field alone. */
class EdgeHeadersSayWhereAndHowLongTest {
  private static App app(boolean behindCdn) {
    var app = new App();
    app.use(EdgeHeaders.create("fra1"));
    if (behindCdn) {
      app.use(GeoHeaders.trusting("CF-IPCountry"));
    }
    app.get("/", c -> c.text(c.geo().currency().getCurrencyCode()));
    return app;
  }

  private static TestClient visitor(App app, String country) {
    return TestClient.inProcess(app).with("CF-IPCountry", country);
  }

  @Test
  void onAnswersAndOnErrors() {
    TestClient german = visitor(app(true), "de");
    for (String path : new String[]{"/", "/nowhere"}) {
      Response response = german.get(path);
      assertEquals(Optional.of("fra1"), response.header("X-Edge-Region"));
      assertTrue(response.header("X-Edge-Time").orElseThrow().matches("\\d+\\.\\dms"));
      assertEquals(Optional.of("DE"), response.header("X-User-Country"));
    }
  }

  @Test
  void theCountryReachesTheHandler() {
    assertEquals("JPY", visitor(app(true), "JP").get("/").text());
  }

  @ParameterizedTest
  @CsvSource({"XX", "T1", "''", "DEU", "'DE, FR'"})
  void whatIsNoCountryIsUnknown(String code) {
    Response response = visitor(app(true), code).get("/");
    assertEquals(Optional.of("unknown"), response.header("X-User-Country"));
  }

  @Test
  void aFieldThatCameTwiceIsNotBelieved() {
    Request request = Request.get("/").withHeader("CF-IPCountry", "DE");
    Response response = app(true).request(request.withHeaders(request.headers().withAdded("CF-IPCountry", "FR")));
    assertEquals(Optional.of("unknown"), response.header("X-User-Country"));
  }

  @Test
  void withoutTrustTheFieldIsIgnored() {
    Response response = visitor(app(false), "DE").get("/");
    assertEquals(Optional.of("unknown"), response.header("X-User-Country"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "fra\r\n1"})
  void aRegionThatNoFieldCanHoldIsRefusedAtTheStart(String region) {
    assertThrows(IllegalArgumentException.class, () -> EdgeHeaders.create(region));
  }

  @Test
  void aFieldNameThatIsNoTokenIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> GeoHeaders.trusting("CF IPCountry"));
  }
}
