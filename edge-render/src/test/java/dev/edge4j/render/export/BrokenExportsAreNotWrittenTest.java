package dev.edge4j.render.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A link that leads nowhere and a page that no file can be are errors, nothing is written then, and never anything outside of the folder. */
class BrokenExportsAreNotWrittenTest {
  @TempDir private Path work;

  private static App app(String first) {
    var app = new App();
    app.get("/", c -> c.html(first));
    app.get("/there", c -> c.html("<h1 id='a b' >There</h1><a name=old>"));
    app.get("/There", c -> c.html("There"));
    app.get("/there.html", c -> c.html("There"));
    app.get("/nonce", c -> c.html("x").withHeader("Content-Security-Policy", "script-src 'nonce-abc'"));
    app.get("/api/*rest", c -> c.json(Map.of()));
    app.get("/events", c -> c.sse(events -> events.send("1")));
    app.get("/404.html", c -> c.html("taken"));
    app.get("/next/:n", c -> c.html("<a href='/next/" + (Integer.parseInt(c.param("n").text().orElse("0")) + 1)
        + "'>"));
    return app;
  }

  private static List<String> problems(String first) {
    return StaticExport.of(app(first)).start("/").atMost(50).check().problems();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"<a href=/gone> | \"/gone\" is answered 404 (linked from /)",
      "<img src=gone.png> | \"/gone.png\" is answered 404 (linked from /)",
      "<a href='https://localhost/gone'> | \"/gone\" is answered 404 (linked from /)",
      "<base href=/x/><a href=y> | \"/x/y\" is answered 404 (linked from /)",
      "<a href=/there#nowhere> | \"/there#nowhere\" is not on that page (linked from /)",
      "<edge-island src=/gone></edge-island> | \"/gone\" is answered 404 (linked from /)",
      "<edge-live src=/gone></edge-live> | \"/gone\" is answered 404 (linked from /)",
      "<track src=/gone> | \"/gone\" is answered 404 (linked from /)",
      "<object data=/gone> | \"/gone\" is answered 404 (linked from /)",
      "<embed src=/gone> | \"/gone\" is answered 404 (linked from /)",
      "<input type=IMAGE src=/gone> | \"/gone\" is answered 404 (linked from /)",
      "<link rel=preload imagesrcset='/gone 1x'> | \"/gone\" is answered 404 (linked from /)",
      "<style>a { background: url(/gone) }</style> | \"/gone\" is answered 404 (linked from /)",
      "<a href=#nowhere> | \"/#nowhere\" is not on that page (linked from /)",
      "<a href=/nonce> | \"/nonce\" has a nonce in its Content-Security-Policy, which would be the same for everybody",
      "<a href=/there><a href=/There> | \"/There\" and \"/there\" are one file, There.html",
      "<a href=/there><a href=/there.html> | \"/there.html\" and \"/there\" are one file, there.html",
      "<a href=/404.html> | \"/404.html\" cannot be a file (linked from /)",
      "<a href=/api/> | \"/api/\" cannot be a file (linked from /)",
      "<a href=/api/a:b> | \"/api/a:b\" cannot be a file (linked from /)",
      "<a href='/api/a%2Fb'> | \"/api/a%2Fb\" cannot be a file (linked from /)",
      "<a href=/next/1> | more than 50 files (expected: fewer, or atMost with a higher number)"})
  void isNamed(String first, String problem) {
    assertEquals(List.of(problem), problems(first));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"<a href=/there#old>", "<a href='/there#a%20b'>", "<a href=#top>", "<a href=#>",
      "<a href='/there#:~:text=There'>", "<a href=mailto:a@b.example>", "<a href='javascript:x'>",
      "<a href=//other.example/x>",
      "<a href=http://localhost/x>", "<a href='data:text/plain,x'>", "<a>", "<link rel=preconnect href=/x>",
      "<!-- <a href=/gone> -->", "<style>a { content: '<a href=/gone>' }</style>",
      "<textarea><a href=/gone></textarea>", "<input type=text src=/gone>", "<style>a { fill: url(#made) }</style>",
      "<style>/* url(/gone) */", "<style",
      "<a href=/events>", "<a data-x='>' href=/there>", "<A HREF=/there>", "a < b <a href=/there", "<"})
  void isNoProblem(String first) {
    assertEquals(List.of(), problems(first));
  }

  @Test
  void aLiveFragmentIsAStreamThatNoFileIs() {
    ExportReport report = StaticExport.of(app("<edge-live src=/events></edge-live>")).start("/").check();
    assertEquals(List.of(), report.problems());
    assertTrue(report.notes().contains("/events is a stream of events, which no file is"), report.notes().toString());
  }

  @Test
  void nothingIsWritten() {
    Path out = work.resolve("out");
    var error = assertThrows(ExportException.class, () -> StaticExport.of(app("<a href=/gone><a href=/lost>"))
        .start("/")
        .to(out));
    assertEquals(2, error.problems().size());
    assertTrue(String.valueOf(error.getMessage()).contains("\"/lost\" is answered 404 (linked from /)"));
    assertFalse(Files.exists(out));
  }

  @Test
  void whatBelongsToOthersIsLeftAlone() {
    assertEquals(List.of(), StaticExport.of(app("<a href=/gone/1><a href=/gone>"))
        .start("/")
        .except("/gone/*")
        .check()
        .problems());
  }

  @Test
  void aFileWithTheNameOfAFolderLeavesTheExportBeforeIt() throws IOException {
    Path out = work.resolve("out");
    StaticExport.of(app("before")).start("/").to(out);
    App both = app("<a href=/data><a href=/data/more>");
    both.get("/data", c -> c.text("a file"));
    both.get("/data/more", c -> c.text("in a folder"));
    var error = assertThrows(IOException.class, () -> StaticExport.of(both).start("/").to(out));
    assertTrue(String.valueOf(error.getMessage()).contains("\"data\" is a file"), error.getMessage());
    assertTrue(Files.readString(out.resolve("index.html")).contains("before"));
  }

  @Test
  void aFolderOfOtherFilesIsRefused() throws IOException {
    Path out = Files.createDirectories(work.resolve("out"));
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertThrows(IllegalArgumentException.class, () -> StaticExport.of(app("x")).start("/").to(out));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(List.of(out.resolve("mine.txt")), files.toList());
    }
  }

  @Test
  void noLinkLeadsOutside() throws IOException {
    Path out = work.resolve("out");
    StaticExport.of(app("x")).start("/").to(out);
    Path outside = Files.createDirectories(work.resolve("outside"));
    Files.writeString(outside.resolve("a.json"), "mine");
    Files.createSymbolicLink(out.resolve("api"), outside);
    assertThrows(IOException.class, () -> StaticExport.of(app("<a href=/api/a.json>")).start("/").to(out));
    assertEquals("mine", Files.readString(outside.resolve("a.json")));
    for (String name : List.of("../outside/a.json", "/etc/hostname", "api/a.json", "")) {
      Files.writeString(out.resolve(TargetFolder.MARKER), name + "\n");
      assertThrows(IOException.class, () -> StaticExport.of(app("x")).start("/").to(out), name);
    }
    assertEquals("mine", Files.readString(outside.resolve("a.json")));
  }

  @Test
  void valuesFillPatterns() {
    StaticExport export = StaticExport.of(app("x"));
    assertEquals(List.of("404.html", "_headers", "next/9.html"), export.values("/next/:n{[0-9]}", "9")
        .except("/next/10")
        .check()
        .files());
    for (Runnable nonsense : List.<Runnable>of(() -> export.values("/next/:n{[0-9]}", "x"),
        () -> export.values("/a/:b/:c", "x"), () -> export.values("/a/:b/:c", List.of(Map.of("b", "x"))),
        () -> export.origin("localhost"), () -> export.origin("https://a.example/"), () -> export.atMost(0))) {
      assertThrows(IllegalArgumentException.class, nonsense::run);
    }
    assertThrows(IllegalStateException.class, export::check);
  }

  @Test
  void routesWithoutParametersAreAStart() {
    List<String> problems = StaticExport.of(app("x")).routes().check().problems();
    assertTrue(problems.stream().anyMatch(problem -> problem.contains("/nonce")), problems.toString());
  }
}
