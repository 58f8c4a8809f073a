package dev.edge4j.render.head;

import dev.edge4j.Context;
import dev.edge4j.http.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whose pages these are: a name and the origins that they are served from. Absolute addresses are made of these origins and of nothing that a client has
 * sent: who asks with a {@code Host} of his own choosing would else find it in canonical links, sitemaps and caches.
 *
 * @param name as it stands behind a page's title and in {@code og:site_name}
 * @param origins scheme and host, {@code https://shop.example}, without a slash at the end; the first is the main one
 */
public record Site(String name, List<String> origins) {
  /** Refuses what is no http or https origin. */
  public Site {
    origins = List.copyOf(origins);
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("site \"" + name + "\" without an origin (expected: https://shop.example)");
    }
    for (String origin : origins) {
      String scheme = Origin.of(origin).scheme();
      if (!scheme.equals("https") && !scheme.equals("http")) {
        throw new IllegalArgumentException("origin of a site: \"" + origin + "\" (expected: http or https)");
      }
    }
  }

  /** A site of one origin. */
  public static Site of(String name, String origin) {
    return new Site(name, List.of(origin));
  }

  /** A copy that is served from that origin too. */
  public Site andOrigin(String origin) {
    List<String> more = new ArrayList<>(origins);
    more.add(origin);
    return new Site(name, more);
  }

  /** The main origin: {@code https://shop.example}. */
  public String origin() {
    return origins.getFirst();
  }

  /**
   * As the request asks for it: with that one of the origins as main one that has the request's scheme and host, as the application's trusted
   * proxies tell them; unchanged for any other host.
   */
  public Site at(Context c) {
    Optional<Origin> asked = Origin.parse(c.request().scheme() + "://" + c.request().authority());
    return origins.stream()
        .filter(origin -> asked.filter(Origin.of(origin)::equals).isPresent())
        .findFirst()
        .map(origin -> new Site(name, moved(origin)))
        .orElse(this);
  }

  private List<String> moved(String first) {
    List<String> order = new ArrayList<>(origins);
    order.remove(first);
    order.addFirst(first);
    return order;
  }

  /**
   * An absolute address: of a path, {@code /products/1?size=2}, that of the main origin; an {@code http} or {@code https} address stays. What no URI holds is
   * percent-encoded as UTF-8 (RFC 3986 section 2).
   *
   * @throws IllegalArgumentException for anything else, {@code javascript:} and {@code //host} among them
   */
  public String absolute(String address) {
    return address.startsWith("/") ? origin() + path(address) : web(address);
  }

  /** An address with a host, encoded; nobody's name and password are in it. */
  private static String web(String address) {
    int path = address.indexOf('/', address.indexOf("://") + 3);
    String origin = path < 0 ? address : address.substring(0, path);
    boolean web = Origin.parse(origin)
        .filter(parsed -> parsed.scheme().equals("https") || parsed.scheme().equals("http"))
        .isPresent();
    if (!web) {
      throw new IllegalArgumentException("address: \"" + address
          + "\" (expected: a path that begins with one slash, or an http or https address)");
    }
    return origin + (path < 0 ? "" : encode(address.substring(path)));
  }

  /** As {@link #absolute}, but a path stays one. */
  static String reference(String address) {
    return address.startsWith("/") ? path(address) : web(address);
  }

  /** Refuses what a browser takes for another host: {@code //host}, and {@code /\host}. */
  private static String path(String address) {
    if (address.startsWith("//") || address.startsWith("/\\")) {
      throw new IllegalArgumentException("path: \"" + address
          + "\" (expected: one slash at its beginning; what follows two is a host)");
    }
    return encode(address);
  }

  /**
   * An address in which what no URI holds is percent-encoded as UTF-8. Escapes that are there stay, and a percent sign that begins none is escaped, as is a second {@code #}. Browsers drop
   * tabs and line ends from addresses, so those are escaped too.
   */
  public static String encode(String address) {
    byte[] bytes = address.getBytes(StandardCharsets.UTF_8);
    var encoded = new StringBuilder(bytes.length + 16);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xFF);
      boolean alone = c == '%' && !(isHex(bytes, i + 1) && isHex(bytes, i + 2));
      boolean second = c == '#' && encoded.indexOf("#") >= 0;
      if (alone || second || c <= ' ' || c > 126 || "\"<>[\\]^`{|}".indexOf(c) >= 0) {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
      } else {
        encoded.append(c);
      }
    }
    return encoded.toString();
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
  }
}
