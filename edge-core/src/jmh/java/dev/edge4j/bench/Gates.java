package dev.edge4j.bench;

import dev.edge4j.Gate;
import dev.edge4j.middleware.Csrf;
import dev.edge4j.middleware.JwtAuth;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.Timing;
import java.time.Duration;
import java.util.List;

/** Gates that stand in front of a handler: none, each of those that a shop has by itself, and five of them together. */
public enum Gates {
  NONE("none"), TIMING("Timing"), REQUEST_ID("RequestId"), SECURE_HEADERS("SecureHeaders"), RATE_LIMIT("RateLimit"),
  CSRF(
      "Csrf"), JWT("JwtAuth"), FIVE("the five before JwtAuth");

  /** Signs the token of each request. */
  static final String SECRET = "a secret that is long enough for HS256";

  private static final int ENOUGH = 100_000_000;

  private final String title;

  Gates(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  List<Gate> gates() {
    return switch (this) {
      case NONE -> List.of();
      case TIMING -> List.of(Timing.create());
      case REQUEST_ID -> List.of(RequestId.create());
      case SECURE_HEADERS -> List.of(SecureHeaders.create());
      case RATE_LIMIT -> List.of(RateLimit.perClient(ENOUGH, Duration.ofMinutes(1)));
      case CSRF -> List.of(Csrf.create());
      case JWT -> List.of(JwtAuth.hs256(SECRET));
      case FIVE -> List.of(Timing.create(), RequestId.create(), SecureHeaders.create(), RateLimit.perClient(ENOUGH,
          Duration.ofMinutes(1)), Csrf.create());
    };
  }
}
