package dev.edge4j.render.donut;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.ConditionalGet;
import dev.edge4j.render.FragmentCache;
import dev.edge4j.render.Hole;
import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.Transport;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page is rendered once for all and kept; what is for one visitor is filled in side by side, in time, and keeps the page private. */
class HolesAreFilledForEachVisitorTest {
  /** What is in a basket. */
  public record Basket(int pieces, String owner) {}

  /** A page with holes. */
  public record Page(String title, Hole<Basket> basket, Hole<String> greeting) {}

  private static final Map<String, String> TEMPLATES = Map.of(
      "layout",
      "<html><body>{{$main}}{{/main}}<aside>{{#basket}}{{pieces}} in {{owner}}'s basket{{/basket}}</aside></body></html>",
      "page",
      "{{<layout}}{{$main}}<h1 title=\"{{#greeting}}{{.}}{{/greeting}}\">{{title}}</h1>{{>hello}}{{/main}}{{/layout}}",
      "hello", "<p>{{#greeting}}hello {{.}}{{/greeting}}{{^greeting}}hello{{/greeting}}</p>");
  private static final Views VIEWS = Views.of(TEMPLATES, ViewOptions.strict());

  private static SegmentedPage page() {
    return VIEWS.segments("page", new Page("Tea & more", Hole.named("basket"), Hole.named("greeting")));
  }

  private static Hole<Basket> basket() {
    return Hole.of("basket", () -> new Basket(3, "<Ann>"));
  }

  private static Hole<String> greeting() {
    return Hole.of("greeting", () -> "Ann");
  }

  private static Response answer(SegmentedPage page, Hole<?>... holes) {
    var app = new App();
    app.get("/", c -> page.serve(c, holes));
    return app.request("/");
  }

  @Test
  void isWhatRenderingAsAWholeGives() {
    String whole = new String(VIEWS.render("page", new Page("Tea & more", basket(), greeting())), UTF_8);
    assertEquals(whole, answer(page(), basket(), greeting()).text());
    assertEquals(
        "<html><body><h1 title=\"Ann\">Tea &amp; more</h1><p>hello Ann</p><aside>3 in &lt;Ann&gt;'s basket</aside></body></html>",
        whole);
    assertEquals(List.of("greeting", "basket"), page().holes());
  }

  @Test
  void oneWithoutATimeOfItsOwnHasThatOfTheRequest() {
    Duration work = Duration.ofSeconds(11); // more than late work is given by itself
    var app = new App();
    app.get("/own", c -> c.json(greeting().within(work).begin(c).remaining().compareTo(work) <= 0));
    app.get("/", c -> c.json(greeting().begin(c).remaining().compareTo(work) > 0));
    assertEquals("true", app.request("/own").text());
    assertEquals("true", app.request("/").text());
  }

  @Test
  void sendsTheSharedBytesFromWhereTheyLie() {
    SegmentedPage page = page();
    List<byte[]> first = ((Body.Segments) answer(page, basket(), greeting()).body()).segments();
    List<byte[]> second = ((Body.Segments) answer(page, basket(), greeting()).body()).segments();
    long same = 0;
    for (int i = 0; i < first.size(); i++) {
      if (first.get(i) == second.get(i)) {
        same += first.get(i).length;
      }
    }
    assertEquals(page.size(), same);
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void arrivesWholeAndHasATag(Transport transport) {
    SegmentedPage page = page();
    var app = new App();
    app.use(ConditionalGet.create());
    app.get("/", c -> page.serve(c, basket(), greeting()));
    try (TestClient client = TestClient.of(app, transport)) {
      Response response = client.get("/");
      assertTrue(response.text().contains("3 in"), response.text());
      assertEquals(304, client.with("If-None-Match", response.header("ETag").orElseThrow()).get("/").status());
    }
  }

  @Test
  void holesAreWorkedOutSideBySideAndEachValueOnce() {
    var both = new CyclicBarrier(2); // neither comes through alone
    var times = new AtomicInteger();
    Response response = answer(page(), Hole.of("basket", () -> {
      both.await(5, TimeUnit.SECONDS);
      return new Basket(1, "Bo");
    }), Hole.of("greeting", () -> {
      both.await(5, TimeUnit.SECONDS);
      return "Bo" + times.incrementAndGet();
    }));
    assertTrue(response.text().contains("title=\"Bo1\""), response.text());
    assertTrue(response.text().contains("hello Bo1"), response.text());
    assertEquals(1, times.get());
  }

  @Test
  void whatIsForOneVisitorIsKeptByNoCacheOnTheWay() {
    assertEquals(Optional.of("private, no-cache"), answer(page(), basket(), greeting()).header("Cache-Control"));
    SegmentedPage none = VIEWS.segments("page", new Page("a", basket(), greeting()));
    assertEquals(2, none.holes().size(), "a filled hole is a hole too");
  }

  @Test
  void failuresHaveAFallbackOrNothingOrFailThePage() {
    Hole<Basket> failing = Hole.of("basket", () -> {
      throw new IllegalStateException("store away");
    });
    Hole<Basket> stuck = Hole.<Basket>of("basket", () -> {
      new CountDownLatch(1).await();
      return new Basket(0, "");
    }).within(Duration.ofMillis(5));
    assertTrue(answer(page(), failing.orElse(new Basket(0, "no one")), greeting()).text()
        .contains("<aside>0 in no one"));
    assertTrue(answer(page(), failing.orEmpty(), greeting()).text().contains("<aside></aside>"));
    assertTrue(answer(page(), stuck.orEmpty(), greeting()).text().contains("<aside></aside>"));
    assertEquals(500, answer(page(), failing, greeting()).status());
    assertEquals(504, answer(page(), stuck, greeting()).status());
  }

  @Test
  void aHoleThatNothingFillsIsAnErrorThatNamesIt() {
    var app = new App();
    app.get("/", c -> {
      Exception e = assertThrows(IllegalArgumentException.class, () -> page().serve(c, greeting()));
      assertTrue(String.valueOf(e.getMessage()).contains("\"basket\""), e::toString);
      assertThrows(IllegalArgumentException.class, () -> page().serve(c, basket(), basket(), greeting()));
      return c.text("told");
    });
    assertEquals("told", app.request("/").text());
  }

  @Test
  void anEmptyHoleShowsItsInvertedSection() {
    var cache = new Kept();
    Hole<String> failing = Hole.of("greeting", () -> {
      throw new IllegalStateException("store away");
    });
    Hole<String> shared = failing.orEmpty().shared(cache, "failing", Duration.ofMinutes(1));
    Hole<String> sharedEmpty = Hole.of("greeting", () -> "").shared(cache, "empty", Duration.ofMinutes(1));
    for (Hole<String> empty : List.of(Hole.value("greeting", ""), failing.orEmpty(), failing.orElse(""), shared,
        sharedEmpty)) {
      String whole = new String(VIEWS.render("page", new Page("a", basket(), empty)), UTF_8);
      assertTrue(whole.contains("<h1 title=\"\">a</h1><p>hello</p>"), whole);
      Response response = answer(VIEWS.segments("page", new Page("a", Hole.named("basket"), Hole.named("greeting"))),
          basket(), empty);
      assertEquals(whole, response.text());
    }
  }

  @Test
  void anEmptyHolePrintsWhatAnEmptyOptionalPrints() {
    Views views = Views.of(Map.of("page", "[{{#hole}}hi {{.}}{{/hole}} {{^hole}}nobody{{.}}{{/hole}}]"), ViewOptions
        .strict());
    for (Object value : List.of(Optional.empty(), "", List.of(), false, "Ann", List.of("a", "b"))) {
      byte[] plain = views.render("page", new Who(value));
      Hole<Object> hole = Hole.value("hole", value);
      String expected = new String(plain, UTF_8).replaceFirst("nobody.*]", "nobody]");
      assertEquals(expected, new String(views.render("page", Map.of("hole", hole)), UTF_8));
      assertEquals(expected, answer(views.segments("page", Map.of("hole", Hole.named("hole"))), hole).text());
    }
  }

  /** A page whose hole is there already. */
  public record Who(Object hole) {}

  @Test
  void theBodyOfAHoleSeesItsValueAlone() {
    Views views = Views.of(Map.of("page", "{{#hole}}{{title}}{{/hole}}"), ViewOptions.strict());
    SegmentedPage page = views.segments("page", Map.of("title", "outside", "hole", Hole.named("hole")));
    assertEquals(500, answer(page, Hole.of("hole", () -> Map.of("name", "x"))).status());
    assertEquals("inside", answer(page, Hole.of("hole", () -> Map.of("title", "inside"))).text());
  }

  // ---- shared

  /** A cache of its own: fresh for ever, stale where making fails. */
  private static final class Kept implements FragmentCache {
    final Map<String, byte[]> fragments = new ConcurrentHashMap<>();
    final AtomicInteger made = new AtomicInteger();
    volatile boolean stale;

    @Override
    public byte[] get(String key, Duration freshFor, List<String> tags, Callable<byte[]> make) throws Exception {
      byte[] kept = fragments.get(key);
      if (kept != null && !stale) {
        return kept;
      }
      try {
        byte[] fresh = make.call();
        made.incrementAndGet();
        fragments.put(key, fresh);
        return fresh;
      } catch (IllegalStateException e) {
        if (kept == null) {
          throw e;
        }
        return kept;
      }
    }
  }

  @Test
  void aSharedHoleIsMadeOnceForEachSectionAndKeepsThePagePublic() {
    var cache = new Kept();
    Hole<Basket> basket = basket().shared(cache, "basket", Duration.ofMinutes(1), "tag");
    Hole<String> greeting = greeting().shared(cache, "greeting:Ann", Duration.ofMinutes(1));
    Response first = answer(page(), basket, greeting);
    assertEquals(first.text(), answer(page(), basket, greeting).text());
    assertEquals(Optional.empty(), first.header("Cache-Control"));
    assertEquals(3, cache.made.get(), "the greeting stands in two sections");
    assertEquals(Optional.of("private, no-cache"), answer(page(), basket, greeting()).header("Cache-Control"));
  }

  @Test
  void theSectionsOfASharedHoleShowOneValue() {
    var times = new AtomicInteger();
    Hole<String> greeting = Hole.of("greeting", () -> "Ann" + times.incrementAndGet());
    String text = answer(page(), basket(), greeting.shared(new Kept(), "greeting", Duration.ofMinutes(1))).text();
    assertTrue(text.contains("title=\"Ann1\"") && text.contains("hello Ann1"), text);
    assertEquals(1, times.get());
  }

  @Test
  void aSharedHoleThatFailsIsWorkedOutOnceForItsSections() {
    var times = new AtomicInteger();
    Hole<String> greeting = Hole.<String>of("greeting", () -> {
      times.incrementAndGet();
      throw new IllegalStateException("store away");
    }).orElse("you").shared(new Kept(), "greeting", Duration.ofMinutes(1));
    String text = answer(page(), basket(), greeting).text();
    assertTrue(text.contains("title=\"you\"") && text.contains("hello you"), text);
    assertEquals(1, times.get());
  }

  @Test
  void aCacheThatAsksAgainIsGivenANewValue() {
    var times = new AtomicInteger();
    FragmentCache twice = (_, _, _, make) -> {
      make.call();
      return make.call();
    };
    Hole<Basket> basket = Hole.of("basket", () -> new Basket(times.incrementAndGet(), "x"));
    String text = answer(page(), basket.shared(twice, "basket", Duration.ofMinutes(1)), greeting()).text();
    assertTrue(text.contains("<aside>2 in"), text);
  }

  @Test
  void oneSectionOfASharedHoleThatIsInterruptedLeavesTheOthersTheirs() throws Exception {
    var times = new AtomicInteger();
    var once = new Once(Hole.of("a", () -> {
      if (times.incrementAndGet() == 1) {
        throw new InterruptedException();
      }
      return "made";
    }));
    assertThrows(InterruptedException.class, () -> once.forSection().call());
    assertEquals("made", once.forSection().call());
    assertEquals("made", once.forSection().call());
    assertEquals(2, times.get());
  }

  @Test
  void aSharedHoleMayBeStaleWhereMakingItFails() {
    var cache = new Kept();
    Hole<Basket> failing = Hole.<Basket>of("basket", () -> {
      throw new IllegalStateException("store away");
    }).shared(cache, "basket", Duration.ofMinutes(1));
    assertEquals(500, answer(page(), failing, greeting()).status());
    assertTrue(answer(page(), failing.orElse(new Basket(0, "no one")), greeting()).text().contains("0 in no one"));
    answer(page(), basket().shared(cache, "basket", Duration.ofMinutes(1)), greeting());
    cache.stale = true;
    assertTrue(answer(page(), failing, greeting()).text().contains("3 in"));
  }

  // ---- as bytes

  @Test
  void comesBackFromBytesAsItWas() {
    SegmentedPage page = page();
    SegmentedPage back = VIEWS.segmentedPage(page.encode());
    assertEquals(answer(page, basket(), greeting()).text(), answer(back, basket(), greeting()).text());
    Views again = Views.of(TEMPLATES, ViewOptions.strict()); // as after a restart
    assertEquals(answer(page, basket(), greeting()).text(), answer(again.segmentedPage(page.encode()), basket(),
        greeting()).text());
  }

  @Test
  void comesBackWhateverOtherTemplatesThereAreNow() {
    Map<String, String> more = new HashMap<>(TEMPLATES);
    more.put("a", "{{#greeting}}wrong{{/greeting}}{{#basket}}wrong{{/basket}}"); // compiled before the others
    SegmentedPage back = Views.of(more, ViewOptions.strict()).segmentedPage(page().encode());
    assertEquals(answer(page(), basket(), greeting()).text(), answer(back, basket(), greeting()).text());
  }

  @Test
  void aHoleInATemplateThatIncludesItselfIsRefused() {
    Views views = Views.of(Map.of("tree", "{{#hole}}{{.}}{{/hole}}{{#inner}}{{>tree}}{{/inner}}"), ViewOptions
        .strict());
    Map<String, Object> leaf = Map.of("hole", Hole.named("b"), "inner", List.of());
    TemplateException e = assertThrows(TemplateException.class, () -> views.segments("tree", Map.of("hole", Hole.named(
        "a"),
        "inner", List.of(leaf))));
    assertTrue(e.getMessage().contains("includes itself"), e.getMessage());
  }

  @Test
  void bytesOfOtherTemplatesAreRefused() {
    byte[] encoded = page().encode();
    Map<String, String> changed = new HashMap<>(TEMPLATES);
    changed.put("hello", "<p>{{#greeting}}hi {{.}}{{/greeting}}</p>");
    assertThrows(IllegalArgumentException.class, () -> Views.of(changed, ViewOptions.strict()).segmentedPage(encoded));
    assertThrows(IllegalArgumentException.class, () -> Views.of(Map.of("a", "b"), ViewOptions.strict())
        .segmentedPage(encoded));
  }

  @Property(tries = 200)
  void bytesThatBreakOffAreRefused(@ForAll @IntRange(min = 1, max = 10_000) int less) {
    byte[] encoded = page().encode();
    byte[] cut = Arrays.copyOf(encoded, Math.floorMod(-less, encoded.length));
    assertThrows(IllegalArgumentException.class, () -> VIEWS.segmentedPage(cut));
    byte[] longer = Arrays.copyOf(encoded, encoded.length + 1 + less % 10);
    assertThrows(IllegalArgumentException.class, () -> VIEWS.segmentedPage(longer));
  }

  @Test
  void aResponseIsNotChangedByWhatIsServedNext() {
    SegmentedPage page = page();
    var app = new App();
    var visitor = new AtomicInteger();
    app.get("/", c -> page.serve(c, Hole.of("basket", () -> new Basket(visitor.incrementAndGet(), "x")), greeting()));
    Response first = app.request(Request.get("/"));
    Response second = app.request(Request.get("/"));
    assertTrue(first.text().contains("<aside>1 in"), first.text());
    assertTrue(second.text().contains("<aside>2 in"), second.text());
    assertFalse(first.text().contains("<aside>2"));
  }
}
