package dev.edge4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handler reads is typed, and what does not fit is a 400 that names it. */
class ContextTest {
  record Add(long productId, int quantity) {}

  private static App app() {
    var app = new App();
    app.post("/add", c -> c.json(201, c.body(Add.class)));
    app.get("/long/:id", c -> c.text("" + c.param("id").asLong()));
    app.get("/uuid/:id", c -> c.text("" + c.param("id").asUuid()));
    app.get("/page", c -> c.text(c.query("q").orElse("none") + c.query("page").asInt(1)));
    app.post("/form", c -> c.text(c.form("name").asString()));
    app.get("/cookie", c -> c.text(c.cookie("session").orElse("none")));
    app.get("/file/:name", c -> c.text(c.param("name").asString() + " " + c.rawParam("name").orElseThrow()));
    return app;
  }

  @Test
  void variablesAreFoundByTheirKeysAndAMissingOneIsNamed() {
    Key<Integer> count = Key.named("count");
    var app = new App();
    app.use("/set", (c, next) -> {
      c.set(count, 7);
      return next.proceed();
    });
    app.get("/*", c -> c.text(String.valueOf(c.get(count).orElse(0) + c.require(count))));
    app.onError((c, e) -> c.text(500, String.valueOf(e.getMessage())));
    assertEquals("14", app.request("/set").text());
    assertEquals("no middleware has set \"count\" before this", app.request("/none").text());
  }

  @Test
  void aJsonBodyBecomesARecord() {
    Response response = app().request(Request.post("/add").withJson("{\"productId\":7,\"quantity\":2}"));
    assertEquals(201, response.status());
    assertEquals("{\"productId\":7,\"quantity\":2}", response.text());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{\"productId\":7} | quantity",
      "{\"productId\":\"x\",\"quantity\":1} | productId",
      "{\"productId\":7,\"quantity\":1,\"price\":0} | price"})
  void aWrongBodyIsAProblemThatNamesTheField(String json, String field) {
    Response response = app().request(Request.post("/add").withJson(json));
    assertEquals(400, response.status());
    assertEquals(MediaType.PROBLEM_JSON, response.header("Content-Type").orElseThrow());
    assertTrue(response.text().contains("\"field\":\"" + field + "\""), response.text());
  }

  @Test
  void malformedJsonAndAnotherTypeOfBodyAreRefused() {
    assertEquals(400, app().request(Request.post("/add").withJson("{\"productId\":")).status());
    assertEquals(400, app().request(Request.post("/add").withJson("")).status());
    assertEquals(415, app().request(Request.post("/add").withForm("productId=7")).status());
    assertEquals(415, app().request(Request.post("/form").withJson("{}")).status());
  }

  @ParameterizedTest
  @CsvSource({"/long/12,200", "/long/-12,200", "/long/+12,400", "/long/1.5,400", "/long/99999999999999999999,400",
      "/long/٣,400", "/uuid/00000000-0000-0000-0000-000000000001,200", "/uuid/1-1-1-1-1,400", "/page?page=2,200",
      "/page?page=two,400", "/page?page=3000000000,400"})
  void typedValuesAreReadOrRefused(String target, int status) {
    assertEquals(status, app().request(target).status());
  }

  @Test
  void queriesFormsAndCookiesAreDecoded() {
    assertEquals("a b1", app().request("/page?q=a+b").text());
    assertEquals("é&", app().request(Request.post("/form").withForm("name=%C3%A9%26")).text());
    assertEquals("s1", app().request(Request.get("/cookie").withHeader("Cookie", "a=b; session=s1")).text());
  }

  @Test
  void aParameterIsDecodedOnceAndItsRawFormIsThereToo() {
    assertEquals("a/b a%2Fb", app().request("/file/a%2Fb").text());
    assertEquals("100% 100%25", app().request("/file/100%25").text());
  }

  @Test
  void detailsOfAnUnexpectedErrorStayInTheProcess() {
    var app = new App();
    app.get("/", _ -> {
      throw new IllegalStateException("secret");
    });
    Response response = app.request("/");
    assertEquals(500, response.status());
    assertFalse(response.text().contains("secret"), response.text());
  }

  @Test
  void allLinesOfAnErrorsHeaderFieldReachTheClient() {
    var app = new App();
    app.get("/", _ -> {
      throw new HttpError(401, "who are you?", Headers.of("WWW-Authenticate", "Basic", "WWW-Authenticate", "Bearer",
          "Vary", "Cookie"));
    });
    Response response = app.request("/");
    assertEquals(List.of("Basic", "Bearer"), response.headers().all("WWW-Authenticate"));
    assertEquals(List.of("Accept", "Cookie"), response.headers().list("Vary"));
  }

  @Test
  void whatReadTheBodyFirstLeavesItToThoseBehind() {
    var inner = new App();
    inner.post("/", c -> c.text(c.bodyText() + c.form("a").asString()));
    var app = new App();
    app.use((c, next) -> {
      assertEquals("1", c.form("a").asString());
      return next.proceed();
    });
    app.post("/forward", c -> c.text(new String(c.request().body().stream().readAllBytes(), UTF_8)));
    app.mount("/inner", inner);
    assertEquals("a=11", app.request(Request.post("/inner").withForm("a=1")).text());
    assertEquals("a=1", app.request(Request.post("/forward").withForm("a=1")).text());
  }

  @Test
  void aRewrittenBodyIsTheOneThatIsRead() {
    var app = new App();
    app.use((c, next) -> {
      c.rewrite(c.request().withForm("name=" + c.form("name").asString() + "2"));
      return next.proceed();
    });
    app.post("/form", c -> c.text(c.form("name").asString()));
    assertEquals("ann2", app.request(Request.post("/form").withForm("name=ann")).text());
  }

  @Test
  void errorsArePagesForBrowsersAndProblemsForOthers() {
    Response page = app().request(Request.get("/nowhere<b>").withHeader("Accept", "text/html,*/*"));
    assertEquals(MediaType.HTML, page.header("Content-Type").orElseThrow());
    assertTrue(page.text().contains("&lt;b&gt;"), page.text());
    Response problem = app().request("/nowhere");
    assertEquals(MediaType.PROBLEM_JSON, problem.header("Content-Type").orElseThrow());
  }

  @Test
  void workAfterTheResponseRunsBehindItAndIsDrained() throws Exception {
    var gate = new CountDownLatch(1);
    var done = new CompletableFuture<String>();
    var app = new App();
    app.get("/", c -> {
      c.waitUntil(() -> {
        gate.await();
        c.waitUntil(() -> done.complete("done"));
      });
      c.waitUntil(() -> {
        throw new IllegalStateException("harms nobody");
      });
      return c.text("answered");
    });
    assertEquals("answered", app.request("/").text());
    assertFalse(done.isDone());
    assertFalse(app.drain(Duration.ofMillis(1)));
    gate.countDown();
    assertTrue(app.drain(Duration.ofSeconds(10)));
    assertEquals("done", done.getNow("not run"));
  }
}
