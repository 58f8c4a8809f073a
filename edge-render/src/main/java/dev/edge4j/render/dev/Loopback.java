package dev.edge4j.render.dev;

import dev.edge4j.Context;
import java.util.Locale;

/**
 * Whether a request comes from this machine and asks for it by its own name. The name counts too: a page of somebody else's may have its host lead to 127.0.0.1 (DNS
 * rebinding), and would read sources in this browser.
 */
final class Loopback {
  private Loopback() {}

  static boolean is(Context c) {
    String host = c.request().host().toLowerCase(Locale.ROOT);
    boolean own = host.isEmpty() || host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]")
        || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    return own && c.client().address().isLoopbackAddress();
  }
}
