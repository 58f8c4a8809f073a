package dev.edge4j.cache.http;

import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Under which key a response is kept: the primary key is what the request asks for, the variant what the header fields named by
 * {@code Vary} say (RFC 9111 section 4.1). Two requests with different answers never share both.
 */
public final class CacheKey {
  /** A field value beyond this many characters counts by its SHA-256. */
  private static final int MAX_VALUE = 128;
  private static final Pattern NO_HOST = Pattern.compile("[\\s/?#@\\\\]");
  private static final Set<String> CODINGS = Set.of("gzip", "br", "zstd", "deflate");
  private static final Set<String> CASELESS = Set.of("accept", "accept-charset", "accept-encoding", "accept-language");

  private CacheKey() {}

  /**
   * Scheme, host, path and query: {@code GET https://shop.example/tea?page=2}, also for a HEAD request. The host is in lower case,
   * without its scheme's default port and without a final dot; a request that names none has an empty one. The path is the whole
   * one in its normal form, also below a mounted application, with its question marks escaped so that they are not taken for the
   * query's; the query as it stands. Empty if the request names two hosts, or something that is none.
   */
  public static Optional<String> primary(Request request) {
    return host(request).map(host -> {
      String query = request.target().query();
      return "GET " + request.scheme() + "://" + host + path(request.target()) + (query.isEmpty() ? "" : "?" + query);
    });
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

  /** The request's values of these fields, in their normal form; {@code names} as {@link #names} gives them. */
  public static String variant(Request request, List<String> names) {
    var text = new StringBuilder();
    for (String name : names) {
      String value = capped(normal(name, request.headers().all(name)));
      text.append(name).append('=').append(value.length()).append(':').append(value).append(';');
    }
    return text.toString();
  }

  /** Primary key and variant as one short text, for a store that limits the length of keys. */
  public static String digest(String primary, String variant) {
    return sha256(primary.length() + ":" + primary + variant);
  }

  /** The host of an absolute target counts before the field (RFC 9112 section 3.2.2). */
  private static Optional<String> host(Request request) {
    List<String> fields = request.headers().all("Host");
    if (fields.size() > 1) {
      return Optional.empty();
    }
    String raw = request.target().raw();
    int scheme = raw.startsWith("/") ? -1 : raw.indexOf("://");
    String field = fields.isEmpty() ? "" : fields.getFirst();
    String host = (scheme < 0 ? field : NO_HOST.split(raw.substring(scheme + 3), 2)[0]).strip()
        .toLowerCase(
            Locale.ROOT);
    String defaultPort = request.scheme().equals("https") ? ":443" : ":80";
    String bare = host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host;
    String name = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    return NO_HOST.matcher(name).find() ? Optional.empty() : Optional.of(name);
  }

  private static String normal(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    String joined = String.join(",", lines);
    String value = CASELESS.contains(name) ? members(joined).map(member -> member.replaceAll("\\s+", "")
        .toLowerCase(Locale.ROOT)).collect(Collectors.joining(",")) : joined.strip();
    return "+" + (name.equals("accept-encoding") ? codings(value) : value);
  }

  /** The known codings a client takes, whatever it likes best: a response in any of them suits it. */
  private static String codings(String value) {
    if (value.contains("*") || value.contains("identity")) {
      return value;
    }
    return members(value).filter(member -> !member.matches(".*;q=0(\\.0*)?"))
        .map(member -> member.split(";", 2)[0])
        .filter(CODINGS::contains)
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static Stream<String> members(String list) {
    return Arrays.stream(list.split(",", -1)).filter(member -> !member.isBlank());
  }

  private static String capped(String value) {
    return value.length() <= MAX_VALUE ? value : "#" + sha256(value);
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
