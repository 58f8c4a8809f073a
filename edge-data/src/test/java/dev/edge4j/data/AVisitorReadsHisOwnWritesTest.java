package dev.edge4j.data;

import static dev.edge4j.data.Promises.eventual;
import static dev.edge4j.data.Promises.readAfterWrite;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.data.sqlite.SqliteStore;
import dev.edge4j.data.testing.CopiedStore;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes, each with its own copy of one origin: a visitor sees what he wrote on whichever he is answered, and never goes back in time.
 * His browser carries how far he has come.
 */
class AVisitorReadsHisOwnWritesTest {
  private static final CookieKeys KEYS = CookieKeys.of("a secret of at least 32 bytes, for tests".getBytes(UTF_8));

  /** A browser: keeps cookies, and nothing else. */
  private static final class Browser {
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Response ask(App node, Request request) {
      String kept = cookies.entrySet()
          .stream()
          .map(c -> c.getKey() + "=" + c.getValue())
          .collect(Collectors.joining(
              "; "));
      return keep(node.request(kept.isEmpty() ? request : request.withHeader("Cookie", kept)));
    }

    Response keep(Response response) {
      for (String field : response.headers().all("Set-Cookie")) {
        String pair = field.substring(0, field.indexOf(';'));
        cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
      return response;
    }

    String who(App node) {
      return ask(node, Request.get("/who")).text();
    }
  }

  private final Path folder;
  private final CopiedStore origin;
  private final CopiedStore near;
  private final CopiedStore far;
  private final App nodeA;
  private final App nodeB;

  AVisitorReadsHisOwnWritesTest(@TempDir Path folder) {
    this.folder = folder;
    this.origin = CopiedStore.primary(named(folder, "origin"));
    this.near = CopiedStore.replicaOf(origin, named(folder, "near"));
    this.far = CopiedStore.replicaOf(origin, named(folder, "far"));
    this.nodeA = app(mesh(near), UnaryOperator.identity());
    this.nodeB = app(mesh(far), UnaryOperator.identity());
  }

  @AfterEach
  void close() {
    near.close();
    far.close();
    origin.close();
  }

  @Test
  void whoHasWrittenNothingReadsTheCopyBesideHim() {
    assertEquals("near", new Browser().who(nodeA));
    assertEquals("far", new Browser().who(nodeB));
  }

  @Test
  void whatHeWroteOnOneNodeHeReadsOnTheOther() {
    var browser = new Browser();
    assertEquals(200, browser.ask(nodeA, Request.post("/who")).status());
    assertEquals("changed", browser.who(nodeB), "from the origin, for the copy has not come so far");
    assertEquals("changed", browser.who(nodeA));
    assertEquals("far", new Browser().who(nodeB), "others are not held up");
    far.catchUp();
    assertEquals("far", browser.who(nodeB), "the copy has it now");
    assertEquals("changed", browser.who(nodeA), "the other copy has not");
  }

  @Test
  void whatHeSawOnOneNodeHeSeesOnTheOther() {
    assertEquals(200, new Browser().ask(nodeA, Request.post("/who")).status());
    near.catchUp();
    var reader = new Browser();
    assertEquals("near", reader.who(nodeA), "he has read behind the write");
    assertEquals("changed", reader.who(nodeB), "the copy that is behind would take him back in time");
  }

  @Test
  void aReadThatIsOvertakenDoesNotTakeBackAWrite() {
    var browser = new Browser();
    assertEquals(200, new Browser().ask(nodeA, Request.post("/who")).status());
    near.catchUp();
    Response slow = nodeA.request("/who"); // on its way while he writes
    assertEquals(200, browser.ask(nodeA, Request.post("/who")).status());
    browser.keep(slow);
    assertEquals("changed", browser.who(nodeB));
    assertEquals("changed", browser.who(nodeA), "though the copy has come to where the slow answer was");
  }

  @Test
  void aCookieIsSetOnlyWhereHeHasComeFurther() {
    var browser = new Browser();
    Response first = browser.ask(nodeA, Request.post("/who"));
    String cookie = first.header("Set-Cookie").orElseThrow();
    assertTrue(cookie.startsWith("__Host-mesh=") && cookie.contains("Secure") && cookie.contains("HttpOnly"), cookie);
    assertEquals("no-store", first.header("Cache-Control").orElseThrow());
    near.catchUp();
    Response second = browser.ask(nodeA, Request.get("/who"));
    assertTrue(second.header("Set-Cookie").isEmpty(), second.headers()::toString);
    assertTrue(second.header("Cache-Control").isEmpty(), second.headers()::toString);
    assertTrue(browser.ask(nodeA, Request.get("/nothing")).header("Set-Cookie").isEmpty());
    assertTrue(browser.ask(nodeA, Request.get("/catalog")).header("Set-Cookie").isEmpty(), "nobody asks for it");
  }

  @Test
  void aBookmarkThatIsForgedForeignOrTooLargeIsIgnored() {
    String ahead = Bookmark.NONE.with("profiles", new Position("test", 1_000_000)).text();
    assertEquals("changed", ask(KEYS.sign("__Host-mesh", "!" + ahead)), "a good one counts");
    assertEquals("near", ask("!" + ahead), "nobody has signed it");
    assertEquals("near", ask(CookieKeys.of("another secret, of the same 32 bytes or so".getBytes(UTF_8))
        .sign("__Host-mesh", "!" + ahead)), "somebody else has");
    assertEquals("near", ask(KEYS.sign("__Host-other", "!" + ahead)), "it is another cookie's");
    assertEquals("near", ask(KEYS.sign("__Host-mesh", "staging!" + ahead)), "it is another system's");
    assertEquals("near", ask(KEYS.sign("__Host-mesh", "!" + ahead.repeat(60))), "it is none");
    assertEquals("near", ask("x".repeat(10_000)));
    assertEquals("near", ask(KEYS.sign("__Host-mesh", "!" + Bookmark.NONE.with("orders", new Position("test", 9))
        .text())), "no class of that name is here");
  }

  @Test
  void whatIsTooLongToBeCarriedIsReadAtTheOrigin() {
    assertEquals("changed", ask(KEYS.sign("__Host-mesh", "!?")));
    CopiedStore lengthy = CopiedStore.primary(named(folder, "lengthy"));
    var builder = DataMesh.builder();
    for (int i = 0; i < 60; i++) {
      builder.sql("a class with a name of some length " + i, lengthy, readAfterWrite());
    }
    try (DataMesh mesh = builder.build()) {
      var app = new App();
      app.use(MeshBookmarks.of(mesh, KEYS));
      app.get("/", c -> {
        for (DataClass declared : mesh.describe()) {
          mesh.session(c).update(declared.name(), "UPDATE who SET name = 'x'", Map.of());
        }
        return c.text("done");
      });
      String cookie = app.request("/").header("Set-Cookie").orElseThrow();
      assertTrue(cookie.length() < 4_096, "a browser keeps it");
      assertEquals("!?", KEYS.verify("__Host-mesh", cookie.substring("__Host-mesh=".length(), cookie.indexOf(';')))
          .orElseThrow());
    }
  }

  @Test
  void aServiceCarriesItInAField() {
    App app = app(mesh(near), MeshBookmarks::header);
    String carried = app.request(Request.post("/who")).header(MeshBookmarks.FIELD).orElseThrow();
    assertEquals("changed", app.request(Request.get("/who").withHeader(MeshBookmarks.FIELD, carried)).text());
    assertEquals("near", nodeA.request(Request.get("/who").withHeader(MeshBookmarks.FIELD, carried)).text(),
        "who has not turned it on does not read it");
  }

  @Test
  void whoBringsNoneMayBeTakenForSomebodyWhoHasWritten() {
    assertEquals(200, new Browser().ask(nodeA, Request.post("/who")).status());
    App app = app(mesh(near), MeshBookmarks::strict);
    var browser = new Browser();
    assertEquals("changed", browser.who(app), "from the origin");
    near.catchUp();
    assertEquals("near", browser.who(app), "he is known from then on");
  }

  @Test
  void systemsAreToldApartByName() {
    App shop = app(mesh(near), gate -> gate.system("shop"));
    App staging = app(mesh(near), gate -> gate.system("staging").carriedBy(SetCookie.of("mesh", "")));
    var browser = new Browser();
    assertEquals(200, browser.ask(shop, Request.post("/who")).status());
    browser.cookies.put("mesh", browser.cookies.getOrDefault("__Host-mesh", ""));
    assertEquals("near", browser.who(staging));
    assertEquals("changed", browser.who(shop));
    assertThrows(IllegalArgumentException.class, () -> MeshBookmarks.of(mesh(near), KEYS).system("a!b"));
  }

  @Test
  void afterAFailOverAnOldBookmarkIsReadAtTheOriginOnce() {
    origin.update("UPDATE who SET name = 'changed'", Map.of());
    near.catchUp();
    var browser = new Browser();
    browser.cookies.put("__Host-mesh", KEYS.sign("__Host-mesh", "!" + Bookmark.NONE.with("profiles", new Position(
        "the old history", 5)).text()));
    assertEquals("changed", browser.who(nodeA), "positions of two histories cannot be compared");
    assertTrue(browser.cookies.containsKey("__Host-mesh-seen"));
    assertEquals("near", browser.who(nodeA), "he has the new history now");
  }

  private String ask(String cookie) {
    origin.update("UPDATE who SET name = 'changed'", Map.of());
    return nodeA.request(Request.get("/who").withHeader("Cookie", "__Host-mesh=" + cookie)).text();
  }

  private static App app(DataMesh mesh, UnaryOperator<MeshBookmarks> options) {
    var app = new App();
    app.use(options.apply(MeshBookmarks.of(mesh, KEYS)));
    app.get("/nothing", c -> c.text("nothing"));
    app.get("/catalog", c -> c.text(mesh.session(c)
        .queryOne("catalog", String.class, "SELECT name FROM who", Map.of())
        .orElseThrow()));
    app.get("/who", c -> c.text(mesh.session(c)
        .queryOne("profiles", String.class, "SELECT name FROM who", Map.of())
        .orElseThrow()));
    app.post("/who", c -> {
      mesh.session(c).update("profiles", "UPDATE who SET name = 'changed'", Map.of());
      return c.text("ok");
    });
    return app;
  }

  private static DataMesh mesh(CopiedStore copy) {
    return DataMesh.builder()
        .sql("profiles", copy, readAfterWrite())
        .sql("catalog", copy, eventual(Duration.ofSeconds(5)))
        .build();
  }

  private static DataStore named(Path folder, String name) {
    DataStore store = SqliteStore.open(folder.resolve(name + ".db"));
    store.update("CREATE TABLE who (name TEXT NOT NULL)");
    store.update("INSERT INTO who VALUES (:name)", Map.of("name", name));
    return store;
  }
}
