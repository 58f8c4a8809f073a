package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;

/**
 * Adds the response fields that make browsers careful. A field that a handler set itself stays as it is.
 *
 * <p>By default: no sniffing of types, frames from the same origin only, the origin alone as referrer to other sites, no shared
 * window or embedding across origins, and, over TLS alone, 180 days of strict transport security for this host. There is no
 * Content-Security-Policy and no Permissions-Policy until you write one.
 *
 * <p>Source: OWASP Secure Headers Project; RFC 6797 section 7.2 forbids strict transport security over plain HTTP.
 */
public final class SecureHeaders implements Gate {
  private static final String HSTS = "Strict-Transport-Security";
  private static final SecureHeaders DEFAULT = new SecureHeaders(Headers.of(
      "X-Content-Type-Options", "nosniff",
      "X-Frame-Options", "SAMEORIGIN",
      "Referrer-Policy", "strict-origin-when-cross-origin",
      "Cross-Origin-Opener-Policy", "same-origin",
      "Cross-Origin-Resource-Policy", "same-origin",
      "Origin-Agent-Cluster", "?1",
      "X-Permitted-Cross-Domain-Policies", "none",
      HSTS, "max-age=15552000"));

  private final Headers overTls;
  private final Headers overPlain;

  private SecureHeaders(Headers block) {
    this.overTls = block;
    this.overPlain = block.without(HSTS);
  }

  public static SecureHeaders create() {
    return DEFAULT;
  }

  /** With a Content-Security-Policy: {@code "default-src 'self'"} is a good beginning. */
  public SecureHeaders contentSecurityPolicy(String policy) {
    return with("Content-Security-Policy", policy);
  }

  /** With another value for one of the fields, or one more field. */
  public SecureHeaders with(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + ": \"\" (expected: a value, or without(\"" + name + "\"))");
    }
    return new SecureHeaders(overTls.with(name, value));
  }

  /** Without one of the fields. */
  public SecureHeaders without(String name) {
    return new SecureHeaders(overTls.without(name));
  }

  @Override
  public Verdict before(Context c) {
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    Headers own = response.headers();
    Headers.Builder all = own.toBuilder();
    Headers block = c.request().scheme().equals("https") ? overTls : overPlain;
    block.forEach((name, value) -> {
      if (!own.contains(name)) {
        all.add(name, value);
      }
    });
    return response.withHeaders(all.build());
  }
}
