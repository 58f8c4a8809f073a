package dev.edge4j.render.esi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Response;
import dev.edge4j.testing.TestClient;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** ESI tags of an origin that says it uses them are replaced by what they name, within bounds, and nothing else is touched. */
class IncludesOfOriginsAreFilledInTest {
  private static Response page(String html, EsiSource source) {
    return page(html, Esi.from(source));
  }

  private static Response page(String html, Esi esi) {
    var app = new App();
    app.use(esi);
    app.get("/", c -> c.html(html).withHeader("Surrogate-Control", "content=\"ESI/1.0\"").withHeader("ETag", "\"1\""));
    try (TestClient client = TestClient.inProcess(app)) {
      return client.get("/");
    }
  }

  private static EsiSource of(Map<String, String> pages) {
    return name -> {
      String page = pages.get(name);
      if (page == null) {
        throw new FileNotFoundException(name);
      }
      return page;
    };
  }

  @Test
  void includesRemovesAndComments() {
    Response response = page("""
        <p>ü</p><esi:include src="/cart?a=1&amp;b=2"/><esi:remove><a href="/cart">cart</a></esi:remove>\
        <esi:comment text="a > b"/><!--esi <b><esi:include src='/x'></esi:include></b>--><!-- stays -->""",
        of(Map.of("/cart?a=1&b=2", "<i>täglich</i>", "/x", "x")));
    assertEquals("<p>ü</p><i>täglich</i><b>x</b><!-- stays -->", response.text());
    assertFalse(response.headers().contains("Surrogate-Control"));
    assertFalse(response.headers().contains("ETag"));
  }

  @Test
  void whatDoesNotCloseStaysAsItIs() {
    for (String html : List.of("a <esi:include src=\"/x", "<esi:include>", "<esi:remove>a", "<!--esi a",
        "<esi:include src=/x>", "<esi:includefoo src='/x'/>", "<esi:include-x src='/x'/>", "<esi:commentary/>",
        "a < b", "<", "<!--esiX-->")) {
      assertEquals(html, page(html, of(Map.of("/x", "x"))).text());
    }
  }

  @Test
  void whatStandsInACommentOfHtmlIsNotFetched() {
    EsiSource none = of(Map.of());
    for (String html : List.of("<!-- <esi:include src='/x'/> --> a", "<!--<esi:remove>--></esi:remove>",
        "<!-- <!--esi <esi:include src='/x'/> -->", "<!--[if IE]><esi:include src='/x'/><![endif]-->")) {
      assertEquals(html, page(html, none).text());
    }
  }

  @Test
  void whatStandsBehindACommentIsFetched() {
    for (String before : List.of("<!-- a -->", "<!-->", "<!--->", "<!---->", "<!--esi b -->",
        "<script>'<!--'", "<STYLE>/*<!--*/</STYLE>", "<title><!--</title>", "<!-- a")) {
      String expected = before.equals("<!--esi b -->") ? "b x" : before + "x";
      assertEquals(expected, page(before + "<esi:include src='/x'/>", of(Map.of("/x", "x"))).text(), before);
    }
    assertEquals("x<!-- <esi:include src='/y'/> -->", page(
        "<!--esi <esi:include src='/x'/>--><!-- <esi:include src='/y'/> -->", of(Map.of("/x", "x"))).text());
  }

  /** The bound is far above what one pass takes, and far below what a search from each tag to the end would. */
  @Test
  void tagsThatNeverCloseTakeOnePass() {
    for (String tag : List.of("<esi:include '", "<esi:include \"'", "<esi:include ", "<esi:comment '", "<esi:remove>",
        "<!--esi ", "<!-- ", "<script>")) {
      String html = tag.repeat(4_000_000 / tag.length());
      assertEquals(List.of(new EsiPiece.Text(html)), assertTimeoutPreemptively(Duration.ofSeconds(60),
          () -> EsiDocument.parse(html), tag));
    }
  }

  @Test
  void areFetchedSideBySide() {
    var all = new CyclicBarrier(20); // none comes through alone
    Response response = page("<esi:include src='/a'/>".repeat(20), name -> {
      all.await(5, TimeUnit.SECONDS);
      return "a";
    });
    assertEquals("a".repeat(20), response.text());
  }

  @Test
  void haveAnAlternativeOrNothingOrFailThePage() {
    EsiSource source = of(Map.of("/there", "there"));
    assertEquals("there", page("<esi:include src='/no' alt='/there'/>", source).text());
    assertEquals("", page("<esi:include src='/no' alt='/nor' onerror='continue'/>", source).text());
    assertEquals(502, page("<esi:include src='/no'/>", source).status());
    assertEquals(502, page("<esi:include src='/no' onerror='stop'/>", source).status());
  }

  @Test
  void lateOnesAreGivenUp() {
    Esi esi = Esi.from(_ -> {
      new CountDownLatch(1).await();
      return "never";
    }).within(Duration.ofMillis(5));
    assertEquals("a", page("a<esi:include src='/x' onerror='continue'/>", esi).text());
    assertEquals(504, page("a<esi:include src='/x'/>", esi).status());
  }

  @Test
  void mayHoldOthersButNotForEver() {
    assertEquals("(deep)", page("<esi:include src='/1'/>", of(Map.of("/1", "(<esi:include src='/2'/>)", "/2", "deep")))
        .text());
    var fetched = new AtomicInteger();
    EsiSource itself = _ -> {
      fetched.incrementAndGet();
      return "<esi:include src='/again' onerror='continue'/>".repeat(2);
    };
    assertEquals("", page("<esi:include src='/1' onerror='continue'/>", itself).text());
    assertEquals(31, fetched.get(), "five levels of it");
    assertEquals(502, page("<esi:include src='/1'/>".repeat(257), of(Map.of("/1", "1"))).status());
    assertEquals(256, page("<esi:include src='/1'/>".repeat(256), of(Map.of("/1", "1"))).text().length());
  }

  @Test
  void pagesThatDoNotAskForItPass() {
    var app = new App();
    app.use(Esi.from(of(Map.of("/x", "x"))));
    app.get("/", c -> c.html(c.header("Surrogate-Capability").orElse("") + "<esi:include src='/x'/>"));
    try (TestClient client = TestClient.inProcess(app)) {
      String text = client.get("/").text();
      assertTrue(text.startsWith("edge4j=\"ESI/1.0\""), text);
      assertTrue(text.endsWith("<esi:include src='/x'/>"), text);
    }
  }
}
