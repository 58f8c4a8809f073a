package dev.edge4j.render.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a style sheet or a script refers to in its folder it finds by the name with the hash, and a change anywhere below is another name above. */
class AssetsReferToEachOtherByHashTest {
  private static final List<String> THERE = List.of("a.png", "img/b.png", "lib/c.js", "lib/c.js.map",
      "fonts/d e.woff2");

  private static Snapshot snapshot(Map<String, String> files, AssetOptions options) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    THERE.forEach(name -> bytes.put(name, name.getBytes(StandardCharsets.UTF_8)));
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return Snapshot.of(bytes, options);
  }

  private static String served(Snapshot snapshot, String name) {
    String url = snapshot.named(name).url();
    Snapshot.Found found = snapshot.find(url.substring("/assets/".length())).orElseThrow();
    return new String(found.asset().bytes(), StandardCharsets.UTF_8);
  }

  /** The file as it is served, with every hash as {@code #}. */
  private static String rewritten(String name, String text) {
    String served = served(snapshot(Map.of(name, text), AssetOptions.defaults().withDanglingReferences()), name);
    return served.replaceAll("\\.[0-9a-f]{10}(?=\\.|[\"')])", ".#");
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '|', value = {
      "url(a.png), url(a.#.png)",
      "url( 'img/b.png' ), url( 'img/b.#.png' )",
      "URL(\"./a.png?x=1#y\"), URL(\"./a.#.png?x=1#y\")",
      "url(/assets/img/b.png), url(/assets/img/b.#.png)",
      "url(img/../a.png), url(img/../a.#.png)",
      "url(fonts/d%20e.woff2), url(fonts/d%20e.#.woff2)",
      "@import \"a.png\" screen;, @import \"a.#.png\" screen;",
      "@IMPORT url(a.png);, @IMPORT url(a.#.png);",
      "-webkit-image-set(\"a.png\" 1x), -webkit-image-set(\"a.#.png\" 1x)",
      "image-set(url(a.png) type(\"a.png\")), image-set(url(a.#.png) type(\"a.png\"))",
      "/* url(a.png) */ x, /* url(a.png) */ x",
      "content: \"url(a.png)\", content: \"url(a.png)\"",
      "url(data:image/png;base64.a.png), url(data:image/png;base64.a.png)",
      "url(https://x.example/a.png), url(https://x.example/a.png)",
      "url(//x.example/a.png), url(//x.example/a.png)",
      "url(#a), url(#a)",
      "url(), url()",
      "url(../a.png), url(../a.png)",
      "url(nowhere.png), url(nowhere.png)",
      "my-url(a.png), my-url(a.png)",
      "url(a\\.png), url(a\\.png)",
      "url(a.png, url(a.#.png",
      "'a.png, 'a.png"})
  void inStyleSheets(String text, String expected) {
    assertEquals(expected, rewritten("x.css", text));
  }

  @ParameterizedTest
  @CsvSource(quoteCharacter = '|', value = {
      "import './lib/c.js', import './lib/c.#.js'",
      "import{x}from\"./lib/c.js\";, import{x}from\"./lib/c.#.js\";",
      "export * from './lib/c.js', export * from './lib/c.#.js'",
      "import ( './lib/c.js' ), import ( './lib/c.#.js' )",
      "import('/assets/lib/c.js'), import('/assets/lib/c.#.js')",
      "|new URL('a.png', import.meta.url)|, |new URL('a.#.png', import.meta.url)|",
      "//# sourceMappingURL=lib/c.js.map, //# sourceMappingURL=lib/c.js.#.map",
      "import 'lib/c.js', import 'lib/c.js'",
      "import 'https://x.example/c.js', import 'https://x.example/c.js'",
      "// import './lib/c.js', // import './lib/c.js'",
      "/* import './lib/c.js' */, /* import './lib/c.js' */",
      "x = \"import './lib/c.js'\", x = \"import './lib/c.js'\"",
      "`import './lib/c.js'`, `import './lib/c.js'`",
      "`${import('./lib/c.js')}`, `${import('./lib/c.#.js')}`",
      "`${{a:`}`}}` + import('./lib/c.js'), `${{a:`}`}}` + import('./lib/c.#.js')",
      "x = /import '.\\/'/; import './lib/c.js', x = /import '.\\/'/; import './lib/c.#.js'",
      "x = a / b / 'import'; import './lib/c.js', x = a / b / 'import'; import './lib/c.#.js'",
      "return /['\"]/g; import './lib/c.js', return /['\"]/g; import './lib/c.#.js'",
      "x = /[/'\"]/; import './lib/c.js', x = /[/'\"]/; import './lib/c.#.js'",
      "a.import('./lib/c.js'), a.import('./lib/c.js')",
      "|Array.from('./lib/c.js')|, |Array.from('./lib/c.js')|",
      "|new URL('./', import.meta.url)|, |new URL('./', import.meta.url)|",
      "|new URL('.', import.meta.url)|, |new URL('.', import.meta.url)|",
      "|new URL('lib/..?a#b', import.meta.url)|, |new URL('lib/..?a#b', import.meta.url)|",
      "|new URL('a.png', base)|, |new URL('a.png', base)|"})
  void inScripts(String text, String expected) {
    assertEquals(expected, rewritten("x.js", text));
  }

  @Test
  void aFolderIsNoFileThatIsMissing() {
    String text = "new URL('./', import.meta.url); new URL('..', import.meta.url); new URL('../img/', import.meta.url)";
    assertEquals(text, served(snapshot(Map.of("js/x.js", text), AssetOptions.defaults()), "js/x.js"));
  }

  @Test
  void aChangeBelowIsAnotherNameAbove() {
    Map<String, String> files = new LinkedHashMap<>(Map.of("top.css", "@import 'middle.css';", "middle.css",
        "x { background: url(leaf.svg) }", "leaf.svg", "1", "other.css", "y {}"));
    Snapshot before = snapshot(files, AssetOptions.defaults());
    files.put("leaf.svg", "2");
    Snapshot after = snapshot(files, AssetOptions.defaults());
    for (String changed : List.of("top.css", "middle.css", "leaf.svg")) {
      assertNotEquals(before.named(changed).url(), after.named(changed).url());
    }
    assertEquals(before.named("other.css"), after.named("other.css"));
    assertEquals("@import '" + after.named("middle.css").url().substring("/assets/".length()) + "';", served(after,
        "top.css"));
  }

  @Test
  void modulesMayImportEachOther() {
    Map<String, String> files = new LinkedHashMap<>(Map.of("a.js", "import './b.js'", "b.js", "import './a.js'; 1"));
    Snapshot before = snapshot(files, AssetOptions.defaults());
    assertEquals("import '." + before.named("b.js").url().substring("/assets".length()) + "'", served(before, "a.js"));
    assertEquals("import '." + before.named("a.js").url().substring("/assets".length()) + "'; 1", served(before,
        "b.js"));
    files.put("b.js", "import './a.js'; 2");
    Snapshot after = snapshot(files, AssetOptions.defaults());
    SortedSet<String> urls = new TreeSet<>();
    for (String name : files.keySet()) {
      urls.add(before.named(name).url());
      urls.add(after.named(name).url());
    }
    assertEquals(4, urls.size(), urls.toString());
  }

  @Test
  void aReferenceToWhatIsNotThereFailsAtStart() {
    Map<String, String> files = Map.of("x.css", "url(img/c.png)");
    var error = assertThrows(IllegalArgumentException.class, () -> snapshot(files, AssetOptions.defaults()));
    assertEquals("asset x.css refers to \"img/c.png\", which is not there (did you mean \"img/b.png\"?)", error
        .getMessage());
    assertEquals("url(img/c.png)", served(snapshot(files, AssetOptions.defaults().withDanglingReferences()), "x.css"));
  }

  @Test
  void nothingButTheReferencesChanges() {
    String text = "\u00e4\u20ac\ud83c\udf75 { content: '\u65e5'; background: url(a.png) }";
    assertEquals(text.replace("a.png", "a.#.png"), rewritten("x.css", text));
  }
}
