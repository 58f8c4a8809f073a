package dev.edge4j.proxy;

import dev.edge4j.Context;
import dev.edge4j.http.Headers;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;

/**
 * Tells an origin who has asked for what, in the form of RFC 7239 and in the one that most servers read. What came in is replaced, never added to: whether it
 * is to be believed was decided before, and the result is {@link Context#client()}.
 */
final class Forwarding {
  private Forwarding() {}

  /** Servers behind gateways read {@code X_Forwarded_For} for {@code X-Forwarded-For}, and some of them fields of the family that we do not write. */
  private static boolean saysWhoAsked(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return plain.startsWith("x-forwarded-") || plain.equals("forwarded") || plain.equals("x-real-ip");
  }

  static Headers on(Headers headers, Context c) {
    InetAddress client = c.client().address();
    String address = client.getHostAddress();
    int zone = address.indexOf('%');
    String plain = zone < 0 ? address : address.substring(0, zone);
    String scheme = c.request().scheme();
    String host = headers.first("Host").orElse("");
    String node = client instanceof Inet6Address ? "\"[" + plain + "]\"" : plain;
    Headers.Builder changed = headers.toBuilder();
    headers.forEach((name, _) -> {
      if (saysWhoAsked(name)) {
        changed.remove(name);
      }
    });
    changed.set("Forwarded", "for=" + node + ";proto=" + scheme + (host.isEmpty() ? "" : ";host=\"" + host + "\""))
        .set("X-Forwarded-For", plain)
        .set("X-Forwarded-Proto", scheme);
    if (!host.isEmpty()) {
      changed.set("X-Forwarded-Host", host);
    }
    return changed.build();
  }
}
