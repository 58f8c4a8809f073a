package dev.edge4j.middleware.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.Geo;
import dev.edge4j.Verdict;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A visitor goes to the region of the country, else to the nearest, once at most, and stays where nothing is known. */
class VisitorsGoToTheNearestRegionTest {
  private static final Region FRA = Region.of("fra", "https://fra.example.com").at(50.11, 8.68).countries("DE", "AT");
  private static final Region IAD = Region.of("iad", "https://iad.example.com").at(38.95, -77.45);
  private static final Region SIN = Region.of("sin", "https://sin.example.com:8443").at(1.36, 103.99);
  private static final Geo PARIS = Geo.ofCountry("FR").at(48.86, 2.35);
  private static final Geo TOKYO = Geo.ofCountry("JP").at(35.68, 139.69);
  private static final Geo NEW_YORK = Geo.ofCountry("US").at(40.71, -74.01);

  private static App app(Geo visitor, NearestEdge edge) {
    var app = new App();
    app.use((Gate) c -> {
      c.set(Geo.KEY, visitor);
      return Verdict.pass();
    }, edge.redirect());
    app.get("/*rest", c -> c.text("here"));
    app.post("/*rest", c -> c.text("posted"));
    return app;
  }

  private static NearestEdge at(String here) {
    return NearestEdge.regions(FRA, IAD, SIN).here(here);
  }

  private static String where(Geo visitor, NearestEdge edge, Request request) {
    Response response = app(visitor, edge).request(request);
    return response.status() == 307 ? response.headers().first("Location").orElseThrow() : response.text();
  }

  private static String where(Geo visitor, NearestEdge edge) {
    return where(visitor, edge, Request.get("/a"));
  }

  @Test
  void theNearestRegionIsTheOneToGoTo() {
    assertEquals("https://sin.example.com:8443/a?edge-from=fra", where(TOKYO, at("fra")));
    assertEquals("https://iad.example.com/a?edge-from=fra", where(NEW_YORK, at("fra")));
    assertEquals("here", where(PARIS, at("fra")));
    assertEquals("https://fra.example.com/a?edge-from=iad", where(PARIS, at("iad")));
    assertEquals("here", where(Geo.UNKNOWN, at("sin")));
  }

  @Test
  void aCountryComesFirstAndNeedsNoPosition() {
    assertEquals("https://fra.example.com/a?edge-from=sin", where(Geo.ofCountry("DE"), at("sin")));
    assertEquals("https://fra.example.com/a?edge-from=sin", where(Geo.ofCountry("AT").at(1.3, 103.8), at("sin")));
    assertEquals("here", where(Geo.ofCountry("DE"), at("fra")));
    assertEquals("here", where(Geo.ofCountry("FR"), at("sin")));
  }

  @ParameterizedTest
  @CsvSource({"/a/b?x=1&y=%20,/a/b?x=1&y=%20&edge-from=fra", "/a?,/a?edge-from=fra",
      "//evil.example/x,//evil.example/x?edge-from=fra",
      "/caf%C3%A9,/caf%C3%A9?edge-from=fra", "http://fra.example.com/z?q=1,/z?q=1&edge-from=fra"})
  void pathAndQueryStayAsTheyWere(String asked, String path) {
    assertEquals("https://sin.example.com:8443" + path, where(TOKYO, at("fra"), Request.get(asked)));
  }

  @Test
  void nobodyGoesInCircles() {
    NearestEdge wrong = NearestEdge.regions(FRA, Region.of("iad", "https://iad.example.com").at(0, 0), SIN).here("sin");
    String first = where(TOKYO, at("fra"));
    assertEquals("here", where(NEW_YORK, wrong, Request.get(first.substring("https://sin.example.com:8443".length()))));
  }

  @Test
  void unsafeMethodsAndHandshakesStay() {
    assertEquals("posted", where(TOKYO, at("fra"), Request.post("/a")));
    assertEquals("https://sin.example.com:8443/a?edge-from=fra", where(TOKYO, at("fra").anyMethod(), Request.post(
        "/a")));
    assertEquals("here", where(TOKYO, at("fra"), Request.get("/a").withHeader("Upgrade", "websocket")));
    assertEquals(204, app(TOKYO, at("fra")).request(Request.of(Method.OPTIONS, "*")).status());
  }

  @Test
  void aRegionThatIsDownGetsNobody() {
    var up = new AtomicBoolean(true);
    NearestEdge edge = NearestEdge.regions(FRA.available(up::get), IAD, SIN);
    assertEquals("here", where(PARIS, edge.here("fra")));
    up.set(false);
    assertEquals("https://iad.example.com/a?edge-from=fra", where(PARIS, edge.here("fra")));
    assertEquals("https://iad.example.com/a?edge-from=sin", where(PARIS, edge.here("sin")));
    assertEquals("here", where(Geo.ofCountry("DE"), edge.here("sin")));
  }

  @Test
  void aRegionThatIsHardlyNearerIsNotWorthTheWay() {
    Region amsterdam = Region.of("ams", "https://ams.example.com").at(52.31, 4.76);
    NearestEdge edge = NearestEdge.regions(Region.of("fra", "https://fra.example.com").at(50.11, 8.68), amsterdam)
        .here("fra");
    Geo between = Geo.ofCountry("DE").at(51.3, 6.5);
    assertEquals("here", where(between, edge));
    assertEquals("https://ams.example.com/a?edge-from=fra", where(between, edge.margin(0)));
  }

  @Test
  void aRequestIsHandedOnOnce() {
    var app = new App();
    app.use((c, next) -> {
      c.set(Geo.KEY, TOKYO);
      return next.proceed();
    });
    app.use(at("fra").forward((c, region) -> c.text(region.name() + " " + c.header(NearestEdge.FIELD).orElse("?"))));
    app.post("/", c -> c.text("here"));
    assertEquals("sin fra", app.request(Request.post("/")).text());
    assertEquals("here", app.request(Request.post("/").withHeader(NearestEdge.FIELD, "iad")).text());
  }

  @Property(tries = 300)
  void distancesAreDistances(@ForAll @DoubleRange(min = -90, max = 90) double north,
      @ForAll @DoubleRange(min = -180, max = 180) double east,
      @ForAll @DoubleRange(min = -90, max = 90) double otherNorth,
      @ForAll @DoubleRange(min = -180, max = 180) double otherEast) {
    var a = new Geo.Position(north, east);
    var b = new Geo.Position(otherNorth, otherEast);
    assertEquals(0, a.kilometresTo(a), 1e-6);
    assertEquals(a.kilometresTo(b), b.kilometresTo(a), 1e-6);
    assertEquals(true, a.kilometresTo(b) >= 0 && a.kilometresTo(b) <= 20_016);
  }

  @Test
  void aKnownDistanceIsRight() {
    assertEquals(5_837, PARIS.position().orElseThrow().kilometresTo(NEW_YORK.position().orElseThrow()), 20);
    assertEquals(Optional.of(FRA.name()), at("iad").elsewhere(PARIS, IAD).map(Region::name));
  }

  @Test
  void badConfigurationIsRefusedAtTheStart() {
    assertThrows(IllegalArgumentException.class, () -> NearestEdge.regions());
    assertThrows(IllegalArgumentException.class, () -> NearestEdge.regions(FRA, FRA));
    assertThrows(IllegalArgumentException.class, () -> at("lhr"));
    assertThrows(IllegalStateException.class, () -> NearestEdge.regions(FRA).redirect());
    assertThrows(IllegalArgumentException.class, () -> at("fra").margin(-1));
    assertThrows(IllegalArgumentException.class, () -> Region.of("a b", "https://a.example"));
    assertThrows(IllegalArgumentException.class, () -> Region.of("a", "https://a.example/"));
    assertThrows(IllegalArgumentException.class, () -> FRA.countries("XX"));
    assertThrows(IllegalArgumentException.class, () -> FRA.at(91, 0));
  }
}
