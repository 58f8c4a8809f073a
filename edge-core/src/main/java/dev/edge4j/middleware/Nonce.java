package dev.edge4j.middleware;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The nonce of one request, made when somebody asks for it. Safe for use by several threads. */
final class Nonce {
  /** CSP section 2.3.1 asks for 128 bits at least. */
  private static final int BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AtomicReference<@Nullable String> made = new AtomicReference<>();
  private volatile @Nullable String refused;

  String value() {
    String why = refused;
    if (why != null) {
      throw new IllegalStateException("a nonce is asked for in a page that is shared or stored: " + why
          + " (expected: ContentSecurityPolicy.withScriptHashes for what stands in such a page, or no version and no cache for this one)");
    }
    String known = made.get();
    if (known != null) {
      return known;
    }
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String fresh = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return made.compareAndSet(null, fresh) ? fresh : value();
  }

  /** Makes every later call of {@link #value} fail with that reason. */
  void refuse(String why) {
    if (made.get() != null) {
      throw new IllegalStateException(why + ", but its nonce has been asked for (expected: a page without a nonce)");
    }
    refused = why;
  }

  /** The nonce, if somebody has asked for it. */
  Optional<String> asked() {
    return Optional.ofNullable(made.get());
  }
}
