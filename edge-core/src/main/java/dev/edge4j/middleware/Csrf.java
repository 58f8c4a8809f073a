package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Origin;
import java.util.Arrays;
import java.util.HashSet;
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
  private final Set<Origin> trusted;

  private Csrf(Set<Origin> trusted) {
    this.trusted = trusted;
  }

  public static Csrf create() {
    return new Csrf(Set.of());
  }

  /** Lets these other origins in, {@code https://admin.example.com} say. */
  public Csrf trusting(String... origins) {
    Set<Origin> all = new HashSet<>(trusted);
    all.addAll(Arrays.stream(origins).map(Origin::of).collect(Collectors.toSet()));
    return new Csrf(Set.copyOf(all));
  }

  @Override
  public Verdict before(Context c) {
    return c.method().isSafe() || isOwn(c) ? Verdict.pass()
        : Verdict.answer(c.problem(new Forbidden("this request was sent by another site")));
  }

  private boolean isOwn(Context c) {
    Optional<String> named = c.header("Origin");
    Optional<Origin> origin = named.flatMap(Origin::parse);
    if (origin.filter(trusted::contains).isPresent()) {
      return true;
    }
    Optional<String> site = c.header("Sec-Fetch-Site");
    if (site.isPresent()) {
      return site.get().equals("same-origin") || site.get().equals("none");
    }
    return named.isEmpty() || origin.filter(o -> o.isOf(c.request().authority())).isPresent();
  }
}
