package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses with 403 what another site makes a browser send: a request with an unsafe method, whatever its content type, whose
 * {@code Sec-Fetch-Site} is not {@code same-origin} or {@code none}, or, from a browser too old for that field, whose {@code Origin}
 * names another host than {@code Host} does. A request with neither field passes: it comes from no browser, and so carries nobody's
 * cookies but its own.
 *
 * <p>It needs no tokens in forms, and safe methods that change nothing. Source: Filippo Valsorda, "Cross-Site Request Forgery"
 * (2025), as Go's {@code http.CrossOriginProtection} has it; W3C Fetch Metadata.
 */
public final class Csrf implements Gate {
  private final Set<String> trusted;

  private Csrf(Set<String> trusted) {
    this.trusted = trusted;
  }

  public static Csrf create() {
    return new Csrf(Set.of());
  }

  /** Lets these other origins in, {@code https://admin.example.com} say. */
  public Csrf trusting(String... origins) {
    Set<String> all = new HashSet<>(trusted);
    all.addAll(Arrays.stream(origins).map(Csrf::checked).collect(Collectors.toSet()));
    return new Csrf(Set.copyOf(all));
  }

  private static String checked(String origin) {
    Optional<URI> uri = parse(origin);
    if (uri.isEmpty() || !(uri.get().getScheme() + "://" + uri.get().getRawAuthority()).equals(origin)) {
      throw new IllegalArgumentException("origin: \"" + origin + "\" (expected: scheme and host, https://example.com)");
    }
    return origin.toLowerCase(Locale.ROOT);
  }

  @Override
  public Verdict before(Context c) {
    return c.method().isSafe() || isOwn(c) ? Verdict.pass()
        : Verdict.answer(c.problem(new Forbidden("this request was sent by another site")));
  }

  private boolean isOwn(Context c) {
    Optional<String> origin = c.header("Origin");
    if (origin.isPresent() && trusted.contains(origin.get().toLowerCase(Locale.ROOT))) {
      return true;
    }
    Optional<String> site = c.header("Sec-Fetch-Site");
    if (site.isPresent()) {
      return site.get().equals("same-origin") || site.get().equals("none");
    }
    return origin.isEmpty() || isSameHost(origin.get(), c.header("Host").orElse(""));
  }

  /** Hosts and ports alone: a proxy in front may speak TLS where we do not. The port that the scheme implies may be left out. */
  private static boolean isSameHost(String origin, String host) {
    Optional<URI> uri = parse(origin);
    return uri.isPresent() && parse(uri.get().getScheme() + "://" + host)
        .filter(own -> own.getHost().equalsIgnoreCase(uri.get().getHost()) && port(own) == port(uri.get()))
        .isPresent();
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private static Optional<URI> parse(String origin) {
    try {
      var uri = new URI(origin);
      return uri.getScheme() == null || uri.getHost() == null ? Optional.empty() : Optional.of(uri);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
