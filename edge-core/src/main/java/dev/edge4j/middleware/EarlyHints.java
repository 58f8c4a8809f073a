package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.FetchPurpose;
import dev.edge4j.http.Headers;
import dev.edge4j.http.HttpVersion;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.http.WebLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a browser what a page will want while the page is still worked on (103, RFC 8297), without anybody writing it down: it remembers for each
 * route of each host the {@code Link} fields of its latest pages with {@code rel} {@code preload}, {@code modulepreload} or {@code preconnect}.
 *
 * <p>What two pages in a row had is told, of a route with parameters two pages of different paths: the style sheet, not the picture of one product. So a link
 * that changes is told no more after the first page without it, and its successor from the second page on.
 *
 * <p>Only for navigations ({@code Sec-Fetch-Mode: navigate}) over HTTP/2, the one place where browsers heed hints, and not for what is merely prefetched. Only
 * links of 200 HTML pages that anybody may see: not from a response that is {@code private} or {@code no-store}, sets a cookie or varies by one, nor one
 * to a request with credentials or a cookie, unless it says {@code Cache-Control: public}. From those, links below {@link #withPublic} prefixes alone.
 * Targets are paths of this host or {@code https} addresses; those with a nonce are left out.
 *
 * <p>Put it behind a response cache, whose hits are answered before a hint would help, and into the application that has the routes: one around a mounted
 * application does not know the route yet when a hint would be due. Bounded: 1,000 routes, each with 16 links of up to 1,000 characters; a
 * route beyond is not learned. A gate; safe for use by many threads, and one for all of an application.
 */
public final class EarlyHints implements Gate {
  private static final int MAX_ROUTES = 1_000;
  private static final int MAX_LINKS = 16;
  private static final int MAX_CHARACTERS = 1_000;

  private final ConcurrentHashMap<String, LearnedLinks> routes;
  private final List<String> prefixes;

  private EarlyHints(ConcurrentHashMap<String, LearnedLinks> routes, List<String> prefixes) {
    this.routes = routes;
    this.prefixes = prefixes;
  }

  /** One that knows no route yet. */
  public static EarlyHints create() {
    return new EarlyHints(new ConcurrentHashMap<>(), List.of());
  }

  /**
   * One, with nothing learned, that takes links to paths below that prefix from private pages too: {@code /assets/}, where the same files are for everybody.
   * It begins and ends with a slash.
   */
  public EarlyHints withPublic(String prefix) {
    if (!prefix.startsWith("/") || !prefix.endsWith("/") || prefix.startsWith("//")) {
      throw new IllegalArgumentException("public prefix: \"" + prefix + "\" (expected: /assets/)");
    }
    var more = new ArrayList<>(prefixes);
    more.add(prefix);
    return new EarlyHints(new ConcurrentHashMap<>(), List.copyOf(more));
  }

  /** What would be told for a route, given its pattern, behind that of its host if it has one ({@code a.example/tea}): for tests, and for whoever wonders. */
  public List<WebLink> learned(String route) {
    LearnedLinks links = routes.get(route);
    return links == null ? List.of() : links.stable();
  }

  /** Forgets everything, after a deployment say. */
  public void forget() {
    routes.clear();
  }

  @Override
  public Verdict before(Context c) {
    if (isHeeded(c)) {
      List<WebLink> links = place(c).map(this::learned).orElse(List.of());
      if (!links.isEmpty()) {
        Headers.Builder fields = Headers.builder();
        links.forEach(link -> fields.add("Link", link.toString()));
        c.earlyHints(fields.build());
      }
    }
    return Verdict.pass();
  }

  private static boolean isHeeded(Context c) {
    return c.httpVersion() == HttpVersion.HTTP_2 && c.method().equals(Method.GET)
        && c.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()
        && FetchPurpose.of(c.headers()) != FetchPurpose.PREFETCH;
  }

  @Override
  public Response after(Context c, Response response) {
    boolean page = response.status() == 200 && c.method().equals(Method.GET) && response.header("Content-Type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/html"))
        .isPresent();
    Optional<String> route = page ? place(c) : Optional.empty();
    if (route.isPresent()) {
      LearnedLinks known = routes.get(route.get());
      if (known == null && routes.size() < MAX_ROUTES) {
        known = routes.computeIfAbsent(route.get(), LearnedLinks::new);
      }
      if (known != null) {
        known.learn(path(c), links(response.headers(), isShared(c, response.headers())));
      }
    }
    return response;
  }

  /** By patterns, of which there are few: a client may name any host. */
  private static Optional<String> place(Context c) {
    return c.route().map(route -> c.routeHost().orElse("") + route);
  }

  /** What tells pages of one place apart: of a host with a parameter the host too. */
  private static String path(Context c) {
    return c.routeHost().map(_ -> c.request().host() + c.path()).orElseGet(c::path);
  }

  private List<WebLink> links(Headers fields, boolean shared) {
    return WebLink.of(fields)
        .stream()
        .filter(link -> link.hasRelation("preload") || link.hasRelation("modulepreload")
            || link.hasRelation("preconnect"))
        .filter(link -> link.parameter("nonce").isEmpty() && link.toString().length() <= MAX_CHARACTERS)
        .filter(link -> shared ? isAbsolute(link.target()) : isPublic(link.target()))
        .limit(MAX_LINKS)
        .toList();
  }

  private static boolean isAbsolute(String target) {
    return (target.startsWith("/") && !target.startsWith("//")) || target.startsWith("https://");
  }

  /** Below a prefix whatever it is resolved to: no dot segments, escaped or not. */
  private boolean isPublic(String target) {
    boolean plain = !target.contains("/.") && !target.contains("%") && !target.contains("?");
    return plain && prefixes.stream().anyMatch(target::startsWith);
  }

  /** True for a page that is the same for everybody, as far as its fields and those of its request tell. */
  private static boolean isShared(Context c, Headers fields) {
    List<String> control = fields.list("Cache-Control").stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    boolean secret = control.stream()
        .anyMatch(word -> word.equals("private") || word.startsWith("private=") || word.equals("no-store"));
    boolean varies = fields.list("Vary").stream().anyMatch(word -> word.equals("*") || word.equalsIgnoreCase("Cookie"));
    boolean known = c.headers().containsAny("Authorization", "Cookie");
    return !secret && !varies && !fields.contains("Set-Cookie") && (!known || control.contains("public"));
  }
}
