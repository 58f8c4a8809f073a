package dev.edge4j.render.asset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a library brings is served as if it lay in the folder: hashed, referred to, read again. */
class FilesFromElsewhereAreAssetsTooTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.writeString(folder.resolve("app.js"), "const { Socket } = await import(\"./lib/socket.js\");");
  }

  @Test
  void othersReferToThemByTheHashedName() {
    try (Assets assets = Assets.from(folder, with("lib/socket.js", "export class Socket {}"))) {
      var app = new App();
      assets.routes(app);
      String url = assets.url("lib/socket.js");
      assertTrue(url.matches("/assets/lib/socket\\.[0-9a-f]{10}\\.js"), url);
      assertEquals("export class Socket {}", app.request(url).text());
      String script = app.request(assets.url("app.js")).text();
      assertEquals("const { Socket } = await import(\"." + url.substring("/assets".length()) + "\");", script);
    }
  }

  @Test
  void aReloadAsksForThemAgain() {
    var content = new AtomicReference<>("one");
    try (Assets assets = Assets.from(folder, AssetOptions.defaults()
        .withFile("lib/socket.js", () -> content.get()
            .getBytes(UTF_8)))) {
      String before = assets.url("app.js");
      content.set("two");
      assets.reload();
      assertTrue(!assets.url("app.js").equals(before), before);
    }
  }

  @Test
  void oneThatTheFolderHasTooIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> Assets.from(folder, with("app.js", "x")));
    assertEquals("asset \"app.js\" is in the folder and added to it (expected: one)", e.getMessage());
    AssetOptions options = with("lib/socket.js", "x");
    assertThrows(IllegalArgumentException.class, () -> options.withFile("lib/socket.js", () -> new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/app.js", "../app.js", "js/", "js//app.js", ".env", "js/.env"})
  void aNameThatIsNoPathInAFolderIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> with(name, "x"));
  }

  private static AssetOptions with(String name, String content) {
    return AssetOptions.defaults().withFile(name, () -> content.getBytes(UTF_8));
  }
}
