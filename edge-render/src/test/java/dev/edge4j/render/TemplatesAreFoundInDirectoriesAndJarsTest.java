package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of templates is read at any depth, from the class path and from disk, and not again. */
class TemplatesAreFoundInDirectoriesAndJarsTest {
  private static final String CART = "<h1>Cart of Ann</h1>\n<p>2 × tea</p>\n";
  private static final Map<String, Object> MODEL = Map.of("name", "Ann", "count", 2);

  private final Path folder;

  TemplatesAreFoundInDirectoriesAndJarsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void onTheCallersClassPath() {
    assertEquals(CART, cart(Views.from("templates")));
  }

  @Test
  void inAJar() throws IOException {
    Path jar = folder.resolve("shop with space.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("views/"));
      entry(out, "views/shop/cart.mustache", "<h1>{{>../title}}</h1>\n<p>{{count}} × tea</p>\n");
      entry(out, "views/title.mustache", "Cart of {{name}}");
      entry(out, "views/notes.txt", "{{#broken");
      entry(out, "viewsnot/bad.mustache", "{{#broken");
    }
    Views views;
    try (var loader = new URLClassLoader(new URL[]{jar.toUri().toURL()}, null)) {
      views = Views.from(loader, "views");
    }
    Files.delete(jar);
    assertEquals(CART, cart(views));
  }

  @Test
  void onDiskAndReadOnce() throws IOException {
    Files.createDirectories(folder.resolve("shop"));
    Path title = Files.writeString(folder.resolve("title.mustache"), "Cart of {{name}}");
    Files.writeString(folder.resolve("shop/cart.mustache"), "<h1>{{>/title}}</h1>\n<p>{{count}} × tea</p>\n");
    Files.writeString(folder.resolve("notes.txt"), "{{#broken");
    Views views = Views.from(folder);
    Files.delete(title);
    assertEquals(CART, cart(views));
  }

  /** As where a deployment makes one folder current in place of another. */
  @Test
  void inAFolderThatIsALink() throws IOException {
    Path release = Files.createDirectories(folder.resolve("release-1"));
    Files.writeString(release.resolve("a.mustache"), "first");
    Views views = Views.from(Files.createSymbolicLink(folder.resolve("current"), release));
    assertEquals("first", new String(views.render("a", MODEL), UTF_8));
  }

  @Test
  void theFirstOnTheClassPathWins() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Files.createDirectories(first.resolve("views"));
    Files.createDirectories(second.resolve("views"));
    Files.writeString(first.resolve("views/a.mustache"), "first");
    Files.writeString(second.resolve("views/a.mustache"), "second");
    Files.writeString(second.resolve("views/b.mustache"), "only");
    URL[] urls = {first.toUri().toURL(), second.toUri().toURL()};
    try (var loader = new URLClassLoader(urls, null)) {
      Views views = Views.from(loader, "views");
      assertEquals("first", new String(views.render("a", MODEL), UTF_8));
      assertEquals("only", new String(views.render("b", MODEL), UTF_8));
    }
  }

  @Test
  void anEmptyOrMissingFolderIsAnError() {
    var e = assertThrows(IllegalArgumentException.class, () -> Views.from("no-such-folder"));
    assertEquals("no templates in \"no-such-folder\" (expected: files *.mustache)", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Views.from(folder));
    assertThrows(UncheckedIOException.class, () -> Views.from(folder.resolve("missing")));
  }

  private static String cart(Views views) {
    return new String(views.render("shop/cart", MODEL), UTF_8);
  }

  private static void entry(JarOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(text.getBytes(UTF_8));
  }
}
