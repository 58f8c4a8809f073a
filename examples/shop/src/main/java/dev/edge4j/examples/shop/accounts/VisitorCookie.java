package dev.edge4j.examples.shop.accounts;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Gives each browser an id of 128 random bits, which nobody can guess and so needs no signature. A response that
 * shared caches may keep never carries it: they would hand one visitor's id, and cart, to all.
 */
public final class VisitorCookie implements Gate {
  /** Who sent the request. */
  public static final Key<Visitor> KEY = Key.named("visitor");

  /** The cookie's name. */
  public static final String NAME = "visitor";

  /** How long a browser keeps it. */
  public static final Duration LIFETIME = Duration.ofDays(180);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A browser, known by its cookie.
   *
   * @param isNew true if it brought none
   */
  public record Visitor(String id, boolean isNew) {}

  /** Makes the browser another visitor from this response on, which must be private: it logs in or out, and an id from before may be known to others. */
  static void renew(Context c) {
    c.set(KEY, new Visitor(newId(), true));
  }

  @Override
  public Verdict before(Context c) {
    c.set(KEY, c.cookie(NAME)
        .filter(id -> ID.matcher(id).matches())
        .map(id -> new Visitor(id, false))
        .orElseGet(() -> new Visitor(newId(), true)));
    return Verdict.pass();
  }

  @Override
  public Response after(Context c, Response response) {
    Visitor visitor = c.require(KEY);
    return visitor.isNew() && isPrivate(response)
        ? response.withCookie(SetCookie.of(NAME, visitor.id())
            .withMaxAge(LIFETIME)
            .withSecure(c.request().scheme().equals("https")))
        : response;
  }

  private static boolean isPrivate(Response response) {
    return response.headers().list("Cache-Control").contains("private");
  }

  private static String newId() {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
