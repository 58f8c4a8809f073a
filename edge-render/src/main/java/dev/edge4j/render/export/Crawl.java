package dev.edge4j.render.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.App;
import dev.edge4j.Route;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.render.asset.CssReferences;
import dev.edge4j.render.export.StaticExport.Settings;
import dev.edge4j.routing.PathPattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One walk through an application: each path is asked for once, in the order in which it was found. */
final class Crawl {
  private static final String NOWHERE = "/a-page-that-is-not-there";
  private static final String PLAIN_404 = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>"
      + "<h1>Not found</h1><p><a href=\"/\">To the first page</a></p></html>\n";

  private final App app;
  private final Settings settings;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Set<String> known = new HashSet<>();
  /** Which pages lead to a path. */
  private final Map<String, SortedSet<String>> from = new HashMap<>();
  private final Map<String, Set<String>> anchors = new HashMap<>();
  /** Links into a page: {@code /tea#brew}, and where they stand. */
  private final SortedMap<String, SortedSet<String>> into = new TreeMap<>();
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final Map<String, String> pathOfFile = new HashMap<>();
  private final SortedMap<String, Headers> headers = new TreeMap<>();
  private final SortedMap<String, String> redirects = new TreeMap<>();
  private final SortedSet<String> problems = new TreeSet<>();
  private final SortedSet<String> notes = new TreeSet<>();

  Crawl(App app, Settings settings) {
    this.app = app;
    this.settings = settings;
  }

  void run() {
    settings.start().forEach(path -> found(path, "the start"));
    while (!waiting.isEmpty()) {
      if (files.size() >= settings.most()) {
        problems.add("more than " + settings.most() + " files (expected: fewer, or atMost with a higher number)");
        break;
      }
      String path = waiting.removeFirst();
      take(path, ask(path));
      if (waiting.isEmpty() && known.add(NOWHERE)) {
        missingPage();
      }
    }
    into.forEach(this::checkAnchor);
    checkRoutes();
    files.put("_headers", HeadersFile.of(headers).getBytes(UTF_8));
    if (!redirects.isEmpty()) {
      var lines = new StringBuilder();
      redirects.forEach((path, to) -> lines.append(path).append(' ').append(to).append('\n'));
      files.put("_redirects", lines.toString().getBytes(UTF_8));
    }
  }

  /** Pages that nobody leads to may be meant to be there. */
  private void checkRoutes() {
    app.routes()
        .stream()
        .filter(route -> route.method().equals("GET") && route.host().isEmpty())
        .map(Route::pattern)
        .filter(pattern -> settings.except().stream().noneMatch(except -> except.matches(pattern)))
        .filter(pattern -> known.stream().noneMatch(PathPattern.parse(pattern)::matches))
        .forEach(pattern -> notes.add(pattern + " is left out: no page leads there (values and start name what does)"));
  }

  SortedMap<String, byte[]> files() {
    return files;
  }

  ExportReport report() {
    return new ExportReport(List.copyOf(files.keySet()), List.copyOf(problems), List.copyOf(notes));
  }

  private void found(String path, String page) {
    from.computeIfAbsent(path, _ -> new TreeSet<>()).add(page);
    if (settings.except().stream().noneMatch(pattern -> pattern.matches(path)) && known.add(path)) {
      waiting.addLast(path);
    }
  }

  private Response ask(String path) {
    String host = settings.origin().substring(settings.origin().indexOf("//") + 2);
    return app.request(Request.get(RequestTarget.encode(path))
        .withScheme(settings.origin().substring(0, settings.origin().indexOf(':')))
        .withAuthority(host)
        .withHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
  }

  private void take(String path, Response response) {
    String type = type(response);
    if (type.equals(MediaType.EVENT_STREAM)) {
      notes.add(path + " is a stream of events, which no file is");
    } else if (response.status() == 200) {
      keep(path, response, type);
    } else if (response.status() >= 300 && response.status() < 400 && response.header("Location").isPresent()) {
      String to = response.header("Location").orElseThrow();
      redirects.put(RequestTarget.encode(path), to + " " + response.status());
      follow(path, to, path);
    } else {
      problems.add("\"" + path + "\" is answered " + response.status() + " (linked from " + sources(path) + ")");
    }
  }

  private String sources(String path) {
    return String.join(", ", from.getOrDefault(path, new TreeSet<>(Set.of("nowhere"))));
  }

  private static String type(Response response) {
    return MediaType.essence(response.header("Content-Type").orElse(""));
  }

  private void keep(String path, Response response, String type) {
    boolean page = type.equals("text/html");
    Optional<String> name = FileName.of(path, page, settings.folders());
    if (name.isEmpty()) {
      problems.add("\"" + path + "\" cannot be a file (linked from " + sources(path) + ")");
      return;
    }
    String other = pathOfFile.putIfAbsent(name.get().toLowerCase(Locale.ROOT), path);
    if (other != null) {
      problems.add("\"" + path + "\" and \"" + other + "\" are one file, " + name.get());
      return;
    }
    byte[] bytes = bytes(response);
    files.put(name.get(), bytes);
    headers.put(RequestTarget.encode(path), HeadersFile.kept(response.headers(), name.get()));
    if (page) {
      checkPage(path, response);
      page(path, new String(bytes, UTF_8));
    } else if (type.equals("text/css")) {
      CssReferences.texts(new String(bytes, UTF_8)).forEach(reference -> follow(path, reference, path));
    }
  }

  private void checkPage(String path, Response response) {
    for (String field : List.of("Content-Security-Policy", "Content-Security-Policy-Report-Only")) {
      if (response.header(field).orElse("").contains("'nonce-")) {
        problems.add("\"" + path + "\" has a nonce in its " + field + ", which would be the same for everybody");
      }
    }
    if (response.headers().contains("Set-Cookie")) {
      notes.add(path + " sets a cookie, which a file does not");
    }
  }

  private void page(String path, String html) {
    HtmlLinks page = HtmlLinks.of(html);
    anchors.put(path, page.anchors());
    String base = page.base().isEmpty() ? path : link(path, page.base(), path).map(Link::path).orElse(path);
    page.links().forEach(reference -> follow(base, reference, path));
  }

  private Optional<Link> link(String base, String reference, String page) {
    try {
      return Link.of(settings.origin(), base, reference);
    } catch (BadRequestException unreadable) {
      problems.add("\"" + reference + "\" is no URL (on " + page + ")");
      return Optional.empty();
    }
  }

  private void follow(String base, String reference, String page) {
    if (reference.startsWith("#") && base.equals(page)) {
      anchor(page, reference.substring(1), page);
      return;
    }
    link(base, reference, page).ifPresent(link -> {
      found(link.path(), page);
      anchor(link.path(), link.fragment(), page);
      if (!link.query().isEmpty()) {
        notes.add(reference + " (on " + page + ") has a query, which a file does not look at");
      }
    });
  }

  /** The top of a page is always there (WHATWG HTML section 7.4.6.4), and what a text fragment names is up to the browser. */
  private void anchor(String path, String fragment, String page) {
    if (!fragment.isEmpty() && !fragment.equalsIgnoreCase("top") && !fragment.startsWith(":~:")) {
      into.computeIfAbsent(path + "#" + fragment, _ -> new TreeSet<>()).add(page);
    }
  }

  private void checkAnchor(String link, SortedSet<String> pages) {
    int hash = link.indexOf('#');
    Set<String> there = anchors.get(link.substring(0, hash));
    if (there != null && !there.contains(link.substring(hash + 1))) {
      problems.add("\"" + link + "\" is not on that page (linked from " + String.join(", ", pages) + ")");
    }
  }

  private void missingPage() {
    Response response = ask(NOWHERE);
    boolean own = response.status() == 404 && type(response).equals("text/html");
    byte[] bytes = own ? bytes(response) : PLAIN_404.getBytes(UTF_8);
    files.put("404.html", bytes);
    page("/404.html", new String(bytes, UTF_8));
  }

  private static byte[] bytes(Response response) {
    var out = new ByteArrayOutputStream();
    try {
      switch (response.body()) {
        case Body.Bytes(byte[] bytes) -> out.write(bytes);
        case Body.Segments segments -> segments.writeTo(out);
        case Body.File file -> file.writeTo(out);
        case Body.Stream stream -> stream.writer().writeTo(out);
        case Body.Empty _,Body.Upgrade _ -> {
          // Nothing to write down.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the body of a response could not be read", e);
    }
    return out.toByteArray();
  }
}
