package dev.edge4j.render.export;

import dev.edge4j.App;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.render.asset.Asset;
import dev.edge4j.render.asset.Assets;
import dev.edge4j.routing.PathPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes an application down as files: {@code StaticExport.of(app).start("/").to(folder)}. It asks for the paths given, then for whatever their pages, style sheets and redirects lead to at
 * the same origin, in process and one after the other.
 *
 * <p>A page {@code /tea} becomes {@code tea.html}, {@code /tea/} {@code tea/index.html}, all else a file of its own name; beside each that compresses lie its coded forms ({@code .br}, {@code .zst},
 * {@code .gz}). {@code _headers} and {@code _redirects} hold, in the form that Netlify and Cloudflare Pages read, what a file cannot say; {@code 404.html} is what the application answers where nothing is.
 * The same application gives the same bytes.
 *
 * <p>A link that leads nowhere, within a page too, and a page with a nonce, which would be the same for everybody, are errors, and then nothing is written. It writes into a folder that is empty or holds an earlier export, whose
 * files it replaces; never outside of it. Immutable; an export is confined to its thread and is held in memory until it is written.
 */
public final class StaticExport {
  private final App app;
  private final Settings settings;

  private StaticExport(App app, Settings settings) {
    this.app = app;
    this.settings = settings;
  }

  /** Of this application, at {@code https://localhost}, from no path yet. */
  public static StaticExport of(App app) {
    return new StaticExport(app, Settings.DEFAULTS);
  }

  /** Asks as a visitor of this scheme and host does: {@code https://shop.example}. Links to it are links within. */
  public StaticExport origin(String origin) {
    if (!origin.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
      throw new IllegalArgumentException("origin: \"" + origin
          + "\" (expected: scheme and host, https://shop.example)");
    }
    return new StaticExport(app, settings.withOrigin(origin));
  }

  /** Begins with these paths, beside others. */
  public StaticExport start(String... paths) {
    return start(List.of(paths));
  }

  private StaticExport start(List<String> paths) {
    List<String> normal = paths.stream().map(path -> RequestTarget.parse(path).path()).toList();
    return new StaticExport(app, settings.withStart(normal));
  }

  /** Begins with every GET route that has no parameter, beside others. */
  public StaticExport routes() {
    return start(app.routes()
        .stream()
        .filter(route -> route.method().equals("GET") && route.host().isEmpty() && PathPattern.parse(route.pattern())
            .isStatic())
        .map(route -> route.pattern())
        .toList());
  }

  /** Begins with a route of one parameter, {@code /tea/:id}, for each of these values. */
  public StaticExport values(String pattern, String... values) {
    List<String> names = PathPattern.parse(pattern).parameterNames();
    if (names.size() != 1) {
      throw new IllegalArgumentException("pattern: \"" + pattern + "\" has the parameters " + names
          + " (expected: one; maps have values of several)");
    }
    return values(pattern, Stream.of(values).map(value -> Map.of(names.getFirst(), value)).toList());
  }

  /** Begins with a route for each of these sets of values, by the names of its parameters; {@link IllegalArgumentException} for one that the pattern does not match. */
  public StaticExport values(String pattern, List<Map<String, String>> values) {
    return start(values.stream().map(each -> Filled.of(pattern, each)).toList());
  }

  /** Exports all of these files, whether a page names them or not. */
  public StaticExport assets(Assets assets) {
    return start(assets.all().stream().map(Asset::url).toList());
  }

  /** Follows no link to paths of this pattern, {@code /cart/*}: they are somebody else's. */
  public StaticExport except(String pattern) {
    return new StaticExport(app, settings.withExcept(PathPattern.parse(pattern)));
  }

  /** Writes a page {@code /tea} as {@code tea/index.html}: for servers that do not look for {@code tea.html}. Links in it should begin with a slash, for it is one folder deeper there. */
  public StaticExport folders() {
    return new StaticExport(app, settings.withFolders());
  }

  /** At most so many files; {@link ExportException} beyond, for an application whose links never end. Default: 10,000. */
  public StaticExport atMost(int files) {
    if (files < 1) {
      throw new IllegalArgumentException("files: " + files + " (expected: at least 1)");
    }
    return new StaticExport(app, settings.withMost(files));
  }

  /** What {@link #to} would write, and what is wrong with it. */
  public ExportReport check() {
    return run().report();
  }

  /**
   * Writes the export.
   *
   * @throws ExportException if something is broken; nothing is written then
   * @throws IllegalArgumentException if the folder holds what no export has written
   */
  public ExportReport to(Path folder) throws IOException {
    Crawl crawl = run();
    ExportReport report = crawl.report();
    if (!report.problems().isEmpty()) {
      throw new ExportException(report.problems());
    }
    var target = TargetFolder.open(folder);
    target.replace(crawl.files());
    return report;
  }

  private Crawl run() {
    if (settings.start().isEmpty()) {
      throw new IllegalStateException("an export of no path (expected: start(\"/\") before)");
    }
    Crawl crawl = new Crawl(app, settings);
    crawl.run();
    return crawl;
  }

  /** What an export goes by. */
  record Settings(String origin, List<String> start, List<PathPattern> except, boolean folders, int most) {
    private static final Settings DEFAULTS = new Settings("https://localhost", List.of(), List.of(), false, 10_000);

    Settings withOrigin(String newOrigin) {
      return new Settings(newOrigin, start, except, folders, most);
    }

    Settings withStart(List<String> more) {
      return new Settings(origin, and(start, more), except, folders, most);
    }

    Settings withExcept(PathPattern more) {
      return new Settings(origin, start, and(except, List.of(more)), folders, most);
    }

    Settings withFolders() {
      return new Settings(origin, start, except, true, most);
    }

    Settings withMost(int newMost) {
      return new Settings(origin, start, except, folders, newMost);
    }

    private static <T> List<T> and(List<T> some, List<T> more) {
      List<T> all = new ArrayList<>(some);
      all.addAll(more);
      return List.copyOf(all);
    }
  }
}
