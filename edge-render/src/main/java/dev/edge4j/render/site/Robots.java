package dev.edge4j.render.site;

import dev.edge4j.Handler;
import dev.edge4j.http.Response;
import dev.edge4j.render.head.Site;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What programs may fetch ({@code robots.txt}, RFC 9309). It asks and hinders nobody; what must not be seen needs more than this.
 *
 * <p>{@code Robots.forAll().disallow("/cart").disallow("/*?sort=").sitemap(site, "/sitemap.xml")}. A path begins with a slash; {@code *} is any text, {@code $} at the
 * end the end. The longest rule that matches counts, and of equally long ones the one that allows (section 2.2.2). Immutable.
 */
public final class Robots {
  private static final Pattern TOKEN = Pattern.compile("\\*|[A-Za-z_-]+");

  private record Rule(boolean allow, String path) {
    boolean matches(String given) {
      boolean whole = path.endsWith("$");
      String open = whole ? path.substring(0, path.length() - 1) : path + "*";
      String expression = Stream.of(open.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      return Pattern.compile(expression, Pattern.DOTALL).matcher(given).matches();
    }
  }

  private record Entry(List<String> agents, List<Rule> rules) {}

  private final List<Entry> entries;
  private final List<String> sitemaps;

  private Robots(List<Entry> entries, List<String> sitemaps) {
    this.entries = entries;
    this.sitemaps = sitemaps;
  }

  /** Begins with a group for all that have none of their own: everything is allowed. */
  public static Robots forAll() {
    return new Robots(List.of(), List.of()).agents("*");
  }

  /**
   * Begins a group for these programs; the rules that follow are theirs, and no other group's count for them.
   *
   * @throws IllegalArgumentException for what is no product token: letters, {@code _} and {@code -} (section 2.2.1)
   */
  public Robots agents(String... tokens) {
    for (String token : tokens) {
      if (!TOKEN.matcher(token).matches()) {
        throw new IllegalArgumentException("user agent: \"" + token
            + "\" (expected: letters, _ and -, without a version; or *)");
      }
    }
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(List.of(tokens), List.of()));
    return new Robots(List.copyOf(more), sitemaps);
  }

  /** Asks the programs of the current group not to fetch these paths. */
  public Robots disallow(String... paths) {
    return with(false, paths);
  }

  /** Allows them paths within what is disallowed. */
  public Robots allow(String... paths) {
    return with(true, paths);
  }

  private Robots with(boolean allow, String... paths) {
    List<Rule> rules = new ArrayList<>(entries.getLast().rules());
    for (String path : paths) {
      if (!path.startsWith("/") && !path.startsWith("*")) {
        throw new IllegalArgumentException("path in robots.txt: \"" + path
            + "\" (expected: one that begins with a slash)");
      }
      rules.add(new Rule(allow, encode(path)));
    }
    List<Entry> more = new ArrayList<>(entries.subList(0, entries.size() - 1));
    more.add(new Entry(entries.getLast().agents(), List.copyOf(rules)));
    return new Robots(List.copyOf(more), sitemaps);
  }

  /** What ends a line or begins a comment is escaped, and so is what no URI holds. */
  private static String encode(String path) {
    return Site.encode(path).replace("#", "%23");
  }

  /** Names a sitemap, a path of the site. */
  public Robots sitemap(Site site, String path) {
    List<String> more = new ArrayList<>(sitemaps);
    more.add(site.absolute(path));
    return new Robots(entries, List.copyOf(more));
  }

  /** True if a program may fetch that path, query included, as {@link #text} says it: for tests of one's own rules. */
  public boolean allows(String agent, String path) {
    String given = encode(path);
    List<Rule> own = rules(agent);
    return (own.isEmpty() && entries.stream().noneMatch(entry -> names(entry, agent)) ? rules("*") : own).stream()
        .filter(rule -> rule.matches(given))
        .max(Comparator.comparingInt((Rule rule) -> rule.path().length()).thenComparing(Rule::allow))
        .map(Rule::allow)
        .orElse(true);
  }

  /** Groups for one program are one group (section 2.2.1). */
  private List<Rule> rules(String agent) {
    return entries.stream().filter(entry -> names(entry, agent)).flatMap(entry -> entry.rules().stream()).toList();
  }

  private static boolean names(Entry entry, String agent) {
    return entry.agents()
        .stream()
        .anyMatch(token -> token.toLowerCase(Locale.ROOT)
            .equals(agent.toLowerCase(
                Locale.ROOT)));
  }

  /** The file. */
  public String text() {
    var text = new StringBuilder();
    for (Entry entry : entries) {
      entry.agents().forEach(agent -> text.append("User-agent: ").append(agent).append('\n'));
      entry.rules()
          .forEach(rule -> text.append(rule.allow() ? "Allow: " : "Disallow: ").append(rule.path()).append('\n'));
      if (entry.rules().isEmpty()) {
        text.append("Allow: /\n"); // a group without rules is read as belonging to the next one
      }
      text.append('\n');
    }
    sitemaps.forEach(address -> text.append("Sitemap: ").append(address).append('\n'));
    return text.toString();
  }

  /** Answers {@code /robots.txt}. */
  public Handler handler() {
    Response response = Response.text(200, text()).withHeader("Cache-Control", "public, max-age=3600");
    return _ -> response;
  }
}
