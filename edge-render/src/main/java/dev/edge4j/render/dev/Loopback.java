package dev.edge4j.render.dev;

import dev.edge4j.Context;
import dev.edge4j.http.Headers;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a request comes from this machine and asks for it by its own name. The name counts too: a page of somebody else's may have its host lead to 127.0.0.1 (DNS
 * rebinding), and would read sources in this browser. What a proxy on this machine has forwarded, and says so, comes from elsewhere. A bare {@code proxy_pass} of nginx
 * says nothing and rewrites the host: behind it everybody looks like this machine.
 */
final class Loopback {
  private static final String FAMILY = "X-Forwarded-";

  private Loopback() {}

  static boolean is(Context c) {
    String host = c.request().host().toLowerCase(Locale.ROOT);
    boolean own = host.isEmpty() || host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]")
        || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    return own && c.client().address().isLoopbackAddress() && !isForwarded(c.headers());
  }

  private static boolean isForwarded(Headers headers) {
    var family = new AtomicBoolean();
    headers.forEach((name, _) -> {
      if (name.regionMatches(true, 0, FAMILY, 0, FAMILY.length())) {
        family.set(true);
      }
    });
    return family.get() || headers.containsAny("Forwarded", "Via", "X-Real-IP");
  }
}
