package dev.edge4j.cache.http;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under which key a response is kept: the primary key is what the request asks for, the variant what the header fields named by
 * {@code Vary} say (RFC 9111 section 4.1). Two requests with different answers never share both.
 */
public final class CacheKey {
  private static final String NO_HOST = "/?#@\\";

  private CacheKey() {}

  /**
   * Scheme, host, path and query: {@code GET https://shop.example/tea?page=2}, also for a HEAD request. The host is in lower case,
   * without its scheme's default port and without a final dot; a request that names none has an empty one. The path is the whole
   * one in its normal form, also below a mounted application, with its question marks escaped so that they are not taken for the
   * query's; the query as it stands. Empty if the request names two hosts, or something that is none.
   */
  public static Optional<String> primary(Request request) {
    String host = host(request);
    if (host == null) {
      return Optional.empty();
    }
    String path = path(request.target());
    String query = request.target().query();
    var key = new StringBuilder(host.length() + path.length() + query.length() + 16);
    key.append("GET ").append(request.scheme()).append("://").append(host).append(path);
    if (!query.isEmpty()) {
      key.append('?').append(query);
    }
    return Optional.of(key.toString());
  }

  /** Who changed the path but not the raw target asks for something else: that path follows, after a line break. */
  private static String path(RequestTarget target) {
    String path = target.path();
    String raw = target.raw();
    boolean plain = raw.startsWith(path) && (raw.length() == path.length() || raw.charAt(path.length()) == '?');
    String whole = plain ? path : RequestTarget.parse(raw).path();
    return (whole.endsWith(path) ? whole : whole + "\n" + path).replace("?", "%3F");
  }

  /** The names that {@code Vary} may hold, in the one order and spelling that keys use. */
  public static List<String> names(Collection<String> fields) {
    return fields.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).distinct().sorted().toList();
  }

  /** Primary key and variant as one short text, for a store that limits the length of keys. */
  public static String digest(String primary, String variant) {
    return sha256(primary.length() + ":" + primary + variant);
  }

  /** Scheme and host of a primary key: {@code https://shop.example}. */
  public static String origin(String primary) {
    int host = primary.indexOf("://") + 3;
    int path = primary.indexOf('/', host);
    return primary.substring(4, path < 0 ? primary.length() : path);
  }

  /** The primary key of what a reference in a response to {@code request} points at; empty if that is of another origin, or cannot be read. */
  public static Optional<String> resolved(Request request, String reference) {
    return primary(request).flatMap(own -> {
      String target = request.target().raw();
      Optional<URI> base = uri(target.startsWith("/") ? origin(own) + target : target);
      return base.flatMap(from -> uri(reference.strip()).flatMap(to -> resolved(from, to)))
          .flatMap(CacheKey::key)
          .filter(key -> origin(key).equals(origin(own)));
    });
  }

  /** RFC 3986 section 5.2.2; java.net.URI, which follows an older one, loses the path where a reference has none. */
  private static Optional<URI> resolved(URI base, URI reference) {
    boolean pathless = !reference.isAbsolute() && reference.getRawAuthority() == null && reference.getRawPath()
        .isEmpty();
    if (!pathless) {
      return Optional.of(base.resolve(reference));
    }
    return reference.getRawQuery() == null ? Optional.of(base)
        : uri(base.getScheme() + "://" + base.getRawAuthority()
            + base.getRawPath() + "?" + reference.getRawQuery());
  }

  private static Optional<String> key(URI uri) {
    if (uri.getScheme() == null || uri.getRawAuthority() == null || uri.getRawPath() == null) {
      return Optional.empty();
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    try {
      RequestTarget target = RequestTarget.parse(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
      Headers host = Headers.of("Host", uri.getRawAuthority());
      return primary(Request.get("/")
          .withTarget(target)
          .withScheme(uri.getScheme().toLowerCase(Locale.ROOT))
          .withHeaders(host));
    } catch (BadRequestException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException unreadable) {
      return Optional.empty();
    }
  }

  /** The host of an absolute target counts before the field (RFC 9112 section 3.2.2); null if there are two, or what is none. */
  private static @Nullable String host(Request request) {
    List<String> fields = request.headers().all("Host");
    if (fields.size() > 1) {
      return null;
    }
    String raw = request.target().raw();
    int scheme = raw.startsWith("/") ? -1 : raw.indexOf("://");
    String host = scheme >= 0 ? authority(raw, scheme + 3) : fields.isEmpty() ? "" : fields.getFirst();
    String name = host.strip().toLowerCase(Locale.ROOT);
    String defaultPort = request.scheme().equals("https") ? ":443" : ":80";
    if (name.endsWith(defaultPort)) {
      name = name.substring(0, name.length() - defaultPort.length());
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return authority(name, 0).length() == name.length() ? name : null;
  }

  /** As much of it as can be a host and a port. */
  private static String authority(String text, int from) {
    int end = from;
    while (end < text.length() && NO_HOST.indexOf(text.charAt(end)) < 0 && text.charAt(end) > ' ') {
      end++;
    }
    return text.substring(from, end);
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
