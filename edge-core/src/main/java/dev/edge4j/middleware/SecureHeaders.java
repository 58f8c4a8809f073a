package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.middleware.secure.PermissionsPolicy;
import dev.edge4j.middleware.secure.StrictTransport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds the response fields that make browsers careful. A field that a handler set itself stays as it is. {@code Server} and {@code X-Powered-By},
 * which a handler or an origin may have set, are taken out: they help those who look for versions to attack.
 *
 * <p>By default: no sniffing of types, frames from the same origin only, the origin alone as referrer to other sites, no shared
 * window or embedding across origins, a process of its own for the origin, and, over TLS alone, 180 days of strict transport security for this
 * host. There is no Content-Security-Policy and no Permissions-Policy until you write one. {@code X-XSS-Protection} is not sent: no browser in use
 * has the filter that it turned off.
 *
 * <p>Where a page asks for a {@linkplain #nonce nonce}, the response says {@code Cache-Control: no-store}, whatever it said before: a nonce that
 * is sent twice can be learned, and a page out of a cache has another than the policy beside it. Pages that shall be stored use hashes,
 * {@link ContentSecurityPolicy#withInlineScript}. A response cache behind this does not see it: such a page must not say itself that it may be stored.
 *
 * <p>Source: OWASP Secure Headers Project; RFC 6797 section 7.2 forbids strict transport security over plain HTTP.
 */
public final class SecureHeaders implements Gate {
  private static final String HSTS = "Strict-Transport-Security";
  private static final String ENDPOINTS = "Reporting-Endpoints";
  private static final List<String> BOASTS = List.of("Server", "X-Powered-By");
  private static final Key<Nonce> NONCE = Key.named("csp-nonce");
  private static final SecureHeaders DEFAULT = new SecureHeaders(Headers.of(
      "X-Content-Type-Options", "nosniff",
      "X-Frame-Options", "SAMEORIGIN",
      "Referrer-Policy", "strict-origin-when-cross-origin",
      "Cross-Origin-Opener-Policy", "same-origin",
      "Cross-Origin-Resource-Policy", "same-origin",
      "Origin-Agent-Cluster", "?1",
      "X-Permitted-Cross-Domain-Policies", "none",
      HSTS, "max-age=15552000"), List.of());

  private final Headers overTls;
  private final Headers overPlain;
  /** The policies that go by nonce. They stand in the block too, as they are without one. */
  private final List<ContentSecurityPolicy> nonced;

  private SecureHeaders(Headers block, List<ContentSecurityPolicy> nonced) {
    this.overTls = block;
    this.overPlain = block.without(HSTS);
    this.nonced = nonced;
  }

  public static SecureHeaders create() {
    return DEFAULT;
  }

  /** With a Content-Security-Policy; one that reports alone may stand beside one that counts. */
  public SecureHeaders contentSecurityPolicy(ContentSecurityPolicy policy) {
    SecureHeaders changed = with(policy.fieldName(), policy.fieldValue());
    return policy.usesNonce() ? new SecureHeaders(changed.overTls, Stream.concat(changed.nonced.stream(), Stream.of(
        policy)).toList()) : changed;
  }

  /** With a Content-Security-Policy as it stands in the field, unchecked: {@code "default-src 'self'"}. */
  public SecureHeaders contentSecurityPolicy(String policy) {
    return with("Content-Security-Policy", policy);
  }

  /** With a policy on what of the visitor's machine may be used. */
  public SecureHeaders permissionsPolicy(PermissionsPolicy policy) {
    return with("Permissions-Policy", policy.fieldValue());
  }

  /** With another promise of TLS than 180 days for this host. */
  public SecureHeaders strictTransport(StrictTransport promise) {
    return with(HSTS, promise.fieldValue());
  }

  /**
   * With a place that browsers send reports to, by its name in policies. The address begins with {@code https://}, or with a slash where it is this
   * host's own.
   */
  public SecureHeaders reportingEndpoint(String name, String address) {
    if (!address.startsWith("https://") && !(address.startsWith("/") && !address.startsWith("//"))) {
      throw new IllegalArgumentException("reporting endpoint " + name + ": \"" + address
          + "\" (expected: an address that begins with https:// or a single slash)");
    }
    String one = StructuredFields.write(Map.of(name, Item.of(address)));
    return with(ENDPOINTS, overTls.first(ENDPOINTS).map(others -> others + ", " + one).orElse(one));
  }

  /**
   * Asks for a process in which nothing of other origins is that does not agree to it ({@code Cross-Origin-Embedder-Policy}): what shared
   * memory and exact clocks need. Images and scripts of other hosts are blocked that do not say so themselves.
   */
  public SecureHeaders crossOriginIsolated() {
    return with("Cross-Origin-Opener-Policy", "same-origin").with("Cross-Origin-Embedder-Policy", "require-corp");
  }

  /** With another value for one of the fields, or one more field. */
  public SecureHeaders with(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + ": \"\" (expected: a value, or without(\"" + name + "\"))");
    }
    return new SecureHeaders(overTls.with(name, value), others(name));
  }

  /** Without one of the fields. */
  public SecureHeaders without(String name) {
    return new SecureHeaders(overTls.without(name), others(name));
  }

  private List<ContentSecurityPolicy> others(String name) {
    return nonced.stream().filter(policy -> !policy.fieldName().equalsIgnoreCase(name)).toList();
  }

  /**
   * The nonce of this request, made at the first call, for {@code <script nonce="...">}. It makes the response one that nobody stores.
   *
   * @throws IllegalStateException if no policy before this goes by nonce, so that the script would not run, or if this page may have none, see {@link #refuseNonce}
   */
  public static String nonce(Context c) {
    return c.get(NONCE)
        .orElseThrow(() -> new IllegalStateException(
            "a nonce is asked for (expected: SecureHeaders before this, with a policy that holds ContentSecurityPolicy.NONCE)"))
        .value();
  }

  /**
   * Says that this page may have no nonce, since it is shared or confirmed by 304: from here on {@link #nonce} throws, with that reason. A 304 brings the
   * fields of the stored response up to date (RFC 9111 section 4.3.4), so the policy would name a nonce that the stored page does not hold, and all
   * its scripts would be dead.
   *
   * @throws IllegalStateException if the nonce has been asked for
   */
  public static void refuseNonce(Context c, String why) {
    c.get(NONCE).ifPresent(nonce -> nonce.refuse(why));
  }

  @Override
  public Verdict before(Context c) {
    if (!nonced.isEmpty() && c.get(NONCE).isEmpty()) {
      c.set(NONCE, new Nonce());
    }
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    Headers own = response.headers();
    Headers.Builder all = own.toBuilder();
    BOASTS.forEach(all::remove);
    Optional<String> nonce = nonced.isEmpty() ? Optional.empty() : c.get(NONCE).flatMap(Nonce::asked);
    Headers block = c.request().scheme().equals("https") ? overTls : overPlain;
    block.forEach((name, value) -> {
      if (!own.contains(name)) {
        all.add(name, nonce.map(text -> field(name, text, value)).orElse(value));
      }
    });
    if (nonce.isPresent()) {
      all.set("Cache-Control", "no-store");
    }
    return response.withHeaders(all.build());
  }

  /** The value of a field where there is a nonce. */
  private String field(String name, String nonce, String without) {
    for (ContentSecurityPolicy policy : nonced) {
      if (policy.fieldName().equals(name)) {
        return policy.fieldValue(nonce);
      }
    }
    return without;
  }
}
