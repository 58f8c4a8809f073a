package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.RateLimit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How often a password is tried for one account, whoever tries and from wherever. It reads the address in the body, so it stands behind what limits each client. Safe for
 * use by many threads.
 */
public final class Guesses implements Middleware {
  private final RateLimit limit;

  /** So many a minute, a third of them at once. */
  public Guesses(int aMinute) {
    this.limit = RateLimit.by(Guesses::email, aMinute, Duration.ofMinutes(1))
        .burst(Math.ceilDiv(aMinute, 3))
        .named(
            "account");
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    return c.method().equals(Method.POST) ? limit.handle(c, next) : next.proceed();
  }

  private static String email(Context c) {
    return Accounts.normal(c.path().startsWith("/api/")
        ? Optional.ofNullable(c.body(Map.class).get("email")).map(String::valueOf).orElse("")
        : c.form("email").orElse(""));
  }
}
