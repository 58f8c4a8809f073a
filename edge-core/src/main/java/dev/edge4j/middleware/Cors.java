package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Forbidden;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Lets pages of other origins ask (Fetch standard section 3.3). Preflights are answered here, and cost no thread; a request of an origin that may not
 * ask is 403 and reaches no handler, for that a browser hides the answer does not undo what was done. Pages of our own origin, and programs, which send
 * none, pass.
 *
 * <p>Origins are compared whole; {@code null}, which any sandboxed page has, is none of them. With {@link #any} every page may ask, but never with the
 * visitor's cookies: {@link #credentials} of it is an {@link IllegalStateException}; its answers say so whoever asks, so that a cache may give one page's to
 * another's. Unless told otherwise methods are GET, HEAD, PUT, POST, PATCH and
 * DELETE, and of the header fields that need leave {@code Content-Type}. Browsers remember for 5 minutes.
 */
public final class Cors implements Gate {
  private static final Duration LONGEST = Duration.ofDays(1);

  /** None means any. */
  private final List<Origin> origins;
  private final boolean credentials;
  private final Headers preflight;
  private final Headers exposed;

  private Cors(List<Origin> origins, boolean credentials, Headers preflight, Headers exposed) {
    this.origins = origins;
    this.credentials = credentials;
    this.preflight = preflight;
    this.exposed = exposed;
  }

  /** Lets pages of these origins ask: {@code Cors.of("https://admin.example.com")}. */
  public static Cors of(String origin, String... more) {
    List<Origin> origins = new ArrayList<>(List.of(Origin.of(origin)));
    Arrays.stream(more).map(Origin::of).forEach(origins::add);
    return create(List.copyOf(origins));
  }

  /** Lets every page ask: for what is public. */
  public static Cors any() {
    return create(List.of());
  }

  private static Cors create(List<Origin> origins) {
    return new Cors(origins, false, Headers.of("Access-Control-Allow-Methods", "GET, HEAD, PUT, POST, PATCH, DELETE",
        "Access-Control-Allow-Headers", "Content-Type", "Access-Control-Max-Age", "300"), Headers.empty());
  }

  /** With the visitor's cookies. {@link IllegalStateException} after {@link #any}: then every page could read what is the visitor's alone. */
  public Cors credentials() {
    if (origins.isEmpty()) {
      throw new IllegalStateException(
          "credentials for pages of any origin (expected: Cors.of with the origins that may)");
    }
    return new Cors(origins, true, preflight, exposed);
  }

  /** By these methods alone. */
  public Cors methods(Method first, Method... more) {
    String all = first.name() + String.join("", Arrays.stream(more).map(method -> ", " + method.name()).toList());
    return new Cors(origins, credentials, preflight.with("Access-Control-Allow-Methods", all), exposed);
  }

  /** With these header fields, in place of {@code Content-Type}. */
  public Cors headers(String... names) {
    return new Cors(origins, credentials, preflight.with("Access-Control-Allow-Headers", String.join(", ", names)),
        exposed);
  }

  /** Lets pages read these fields of responses, beside those that they always may. */
  public Cors exposing(String... names) {
    return new Cors(origins, credentials, preflight, Headers.of("Access-Control-Expose-Headers", String.join(", ",
        names)));
  }

  /** Browsers may remember the answer to a preflight for so long, in whole seconds: 0 to a day. */
  public Cors maxAge(Duration age) {
    if (age.isNegative() || age.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("max age: " + age + " (expected: 0 to 24 hours)");
    }
    return new Cors(origins, credentials, preflight.with("Access-Control-Max-Age", String.valueOf(age.toSeconds())),
        exposed);
  }

  @Override
  public Verdict before(Context c) {
    Optional<String> origin = c.header("Origin");
    if (origin.isEmpty() || isOwn(c, origin.get())) {
      return Verdict.pass();
    }
    if (!isLetIn(origin.get())) {
      return Verdict.answer(c.problem(new Forbidden("pages of this origin may not ask here")));
    }
    return isPreflight(c) ? Verdict.answer(Response.of(204).withHeaders(preflight)) : Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    if (origins.isEmpty()) { // the same for everybody, or else Vary would have to say so (Fetch standard section 3.3.7)
      return allow(c, response, "*");
    }
    Response varied = vary(response);
    return c.header("Origin")
        .filter(given -> isLetIn(given) && !isOwn(c, given))
        .map(origin -> allow(c, varied, origin))
        .orElse(varied);
  }

  private Response allow(Context c, Response response, String origin) {
    Headers.Builder headers = response.headers().toBuilder().set("Access-Control-Allow-Origin", origin);
    if (credentials) {
      headers.set("Access-Control-Allow-Credentials", "true");
    }
    if (!isPreflight(c)) {
      exposed.forEach(headers::set);
    }
    return response.withHeaders(headers.build());
  }

  /** A browser names the origin of our own pages too, where they change something. */
  private static boolean isOwn(Context c, String origin) {
    return Origin.parse(origin).filter(own -> own.isOf(c.request().authority())).isPresent();
  }

  private boolean isLetIn(String origin) {
    return origins.isEmpty() || Origin.parse(origin).filter(origins::contains).isPresent();
  }

  private static boolean isPreflight(Context c) {
    return c.method().equals(Method.OPTIONS) && c.headers().contains("Access-Control-Request-Method");
  }

  /** The answer depends on the origin whatever it is, so caches must know (Fetch standard section 3.3.7). */
  private static Response vary(Response response) {
    boolean said = response.headers()
        .list("Vary")
        .stream()
        .anyMatch(m -> m.equals("*") || m.equalsIgnoreCase("Origin"));
    return said ? response : response.withAddedHeader("Vary", "Origin");
  }
}
