package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Middleware;
import dev.edge4j.NotFound;
import dev.edge4j.Verdict;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Body;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The advisories about Hono that concern paths, mounts, routes and what stands before them, each as an attack on us: in process and
 * over a socket. Behind most of them two places decided what the path is.
 */
class AdvisoriesTest {
  private static final class Deny implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.answer(c.text(403, "denied"));
    }
  }

  static Stream<Middleware> guards() {
    return Stream.of(new Deny(), (c, _) -> c.text(403, "denied"));
  }

  /** What each target is answered in process. */
  private static List<String> inProcess(App app, String method, List<String> targets) {
    return targets.stream().map(target -> target + " " + status(app, method, target)).toList();
  }

  private static int status(App app, String method, String target) {
    try {
      return app.request(Request.of(Method.of(method), target)).status();
    } catch (BadRequestException e) {
      return 400;
    }
  }

  /** What each target is answered over a socket. */
  private static List<String> overASocket(App app, String method, List<String> targets) throws IOException {
    var answers = new ArrayList<String>();
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      for (String target : targets) {
        try (var client = new RawClient(server)) {
          client.send(method + " " + target + " HTTP/1.1\r\nHost: t\r\n\r\n");
          answers.add(target + " " + client.reply(method.equals("HEAD")).status());
        }
      }
    }
    return answers;
  }

  private static List<String> each(List<String> targets, int status) {
    return targets.stream().map(target -> target + " " + status).toList();
  }

  private static void assertAnswered(App app, List<String> targets, int status) throws IOException {
    assertEquals(each(targets, status), inProcess(app, "GET", targets));
    assertEquals(each(targets, status), overASocket(app, "GET", targets));
  }

  @ParameterizedTest
  @MethodSource("guards")
  void ghsaM7325p4wX69gNoSpellingOfAPathGetsPastAGuard(Middleware guard) throws IOException {
    List<String> targets = PathAttacks.all().toList();
    for (String method : List.of("GET", "HEAD", "POST", "get", "*")) {
      var guarded = new GuardedApp(guard);
      List<String> answers = inProcess(guarded.app(), method, targets);
      assertEquals(answers, overASocket(guarded.app(), method, targets), method);
      assertEquals(List.of(), guarded.breaches(), method);
      assertTrue(answers.contains("/admin/secret 403"), method);
      assertTrue(answers.contains("/ADMIN/secret 200"), method);
    }
  }

  @Test
  void ghsa92ppH63xV22mRepeatedSlashesAreOne() throws IOException {
    assertAnswered(new GuardedApp(new Deny()).app(), PathAttacks.SLASHES, 403);
  }

  @Test
  void escapesAndDotSegmentsAreSeenThroughByTheGuard() throws IOException {
    App app = new GuardedApp(new Deny()).app();
    assertAnswered(app, PathAttacks.DOTS, 403);
    assertAnswered(app, List.of("/%61dmin/secret", "/%61%64%6D%69%6e/secret", "/open/%61dmin/secret"), 403);
  }

  @Test
  void whatHasNoOneMeaningIsRefused() throws IOException {
    App app = new GuardedApp(new Deny()).app();
    assertAnswered(app, PathAttacks.CLIMBING, 400);
    assertAnswered(app, PathAttacks.BROKEN, 400);
  }

  @Test
  void ghsaFrvp7c6739w9ABackslashIsRefusedInEverySpelling() throws IOException {
    assertAnswered(new GuardedApp(new Deny()).app(), PathAttacks.BACKSLASHES, 400);
  }

  @Test
  void cve202647676AMountStripsItsPrefixFromThePathThatWasMatched() throws IOException {
    var seen = new ArrayList<String>();
    var inner = new App();
    inner.all("/*", c -> {
      seen.add(c.path());
      return c.text("in");
    });
    var app = new App();
    app.mount("/über/shop", inner);
    List<String> spellings = List.of("/%C3%BCber/shop/cart", "/%c3%bc%62er/%73hop/cart", "//%C3%BCber//shop//cart",
        "/x/../%C3%BCber/./shop/cart", "/%C3%BCber/shop/x/%2e%2e/cart");
    assertAnswered(app, spellings, 200);
    assertEquals(List.of("/cart"), seen.stream().distinct().toList());
    assertEquals(2 * spellings.size(), seen.size());
    assertAnswered(app, List.of("/%C3%BCber%2Fshop/cart", "/%C3%BCber/shop/../cart", "/%25C3%25BCber/shop/cart"), 404);
    assertAnswered(app, List.of("/%C3%BCber/shop/..%2F..%2Fcart", "/%C3%BCber/shop%2F../cart"), 400);
  }

  private static App files(Path root) {
    var app = new App();
    app.get("/files/*path", c -> file(root, c.param("path").asString()));
    app.get("/spans/:path{.+}", c -> file(root, c.param("path").asString()));
    app.get("/*", c -> file(root, c.path().substring(1)));
    return app;
  }

  /** As simply as a user would write it. */
  private static Response file(Path root, String name) {
    Path file = root.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new NotFound("no " + name);
    }
    return Response.of(200).withBody(new Body.File(file));
  }

  @Test
  void ghsaQ5qwH33pQvwrNoPathLeadsOutOfAFolder(@TempDir Path folder) throws IOException {
    Path root = folder.resolve("public");
    Files.createDirectories(root.resolve("deep"));
    Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
    Files.writeString(root.resolve("open.txt"), "open");
    App app = files(root);
    assertAnswered(app, List.of("/files/open.txt", "/spans/deep/../open.txt", "/files//open.txt", "/open.txt"), 200);
    List<String> targets = Stream.of("/files/", "/spans/", "/").flatMap(prefix -> waysOut(prefix, secret)).toList();
    List<String> answers = inProcess(app, "GET", targets);
    assertEquals(List.of(), answers.stream().filter(answer -> !answer.matches(".* 40[04]")).toList());
    assertEquals(answers, overASocket(app, "GET", targets));
  }

  private static Stream<String> waysOut(String prefix, Path secret) {
    Stream<String> ups = Stream.of("../", "..%2f", "%2e%2e/", "%2e%2e%2F", "..%5c", "..\\", "%c0%ae%c0%ae/", "..;/",
        "deep/../../", "deep/..%2f../", "deep%2f..%2f..%2f", "./../", ".%2f..%2f", "%252e%252e/", "..%252f", "..%00/");
    return Stream.concat(ups.map(up -> prefix + up + "secret.txt"),
        Stream.of(prefix + secret, prefix + secret.toString().replace("/", "%2F")));
  }

  @Test
  void ghsaW332Q679J88pNoFileOfAGuardedFolderIsFoundBesideTheGuard(@TempDir Path root) throws IOException {
    Files.writeString(Files.createDirectory(root.resolve("admin")).resolve("secret"), "secret");
    var app = new App();
    app.use("/admin/*", new Deny());
    app.get("/*path", c -> file(root, c.param("path").asString()));
    List<String> targets = PathAttacks.all().toList();
    List<String> answers = inProcess(app, "GET", targets);
    assertEquals(List.of(), answers.stream().filter(answer -> answer.endsWith(" 200")).toList());
    assertEquals(answers, overASocket(app, "GET", targets));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/:name/*", "/:other/*", "/*", "/:id", "/:id{[0-9]+}", "/:x/:y?", "/:name{.+}", "/7*", "/7"})
  void hono5266WildcardMiddlewareIsNotDroppedForItsLabel(String guard) {
    for (String route : List.of("/:id", "/:name", "/:id{[0-9]+}", "/:id/*", "/7", "/*", "/:a?", "/:rest{.+}",
        "/*rest")) {
      var app = new App();
      app.use(guard, (c, _) -> c.text(403, "denied"));
      app.get("/other/:id", c -> c.text("x"));
      app.get(route, c -> c.text("x"));
      app.get("/me", c -> c.text("x"));
      assertEquals(403, app.request("/7").status(), guard + " before " + route);
    }
  }

  @Test
  void smartRouterNoUnrelatedRouteChangesWhoIsGuarded() {
    for (List<String> others : List.of(List.<String>of(), List.of("/u/:id", "/u/me"), List.of("/:a/:b", "/:c/x"),
        List.of("/*", "/:z{(a|b)+}"))) {
      var app = new App();
      app.use("/:lang{en|ja}/*", (c, _) -> c.text(403, "denied"));
      others.forEach(other -> app.post(other, c -> c.text("x")));
      app.get("/:lang/x", c -> c.text("x"));
      assertEquals("403 403 200", Stream.of("/en/x", "/ja/x", "/english/x")
          .map(target -> "" + app.request(target).status())
          .collect(Collectors.joining(" ")), others.toString());
    }
  }
}
