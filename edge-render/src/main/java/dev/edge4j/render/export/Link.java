package dev.edge4j.render.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.RequestTarget;
import java.net.URLDecoder;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A link to the same origin.
 *
 * @param path the path, in its normal form
 * @param query what stands behind the question mark
 * @param fragment what stands behind the number sign, decoded
 */
record Link(String path, String query, String fragment) {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

  /** What a reference on a page leads to (RFC 3986 section 5.2); empty for another origin, and for what is not fetched at all. {@link BadRequestException} for what is no path. */
  static Optional<Link> of(String origin, String pagePath, String reference) {
    String rest = reference;
    if (rest.equals(origin) || rest.startsWith(origin + "/") || rest.startsWith(origin + "?") || rest.startsWith(origin
        + "#")) {
      rest = rest.substring(origin.length());
      rest = rest.startsWith("/") ? rest : "/" + rest;
    }
    if (SCHEME.matcher(rest).matches() || rest.startsWith("//")) {
      return Optional.empty();
    }
    int hash = rest.indexOf('#');
    String fragment = hash < 0 ? "" : rest.substring(hash + 1);
    String target = hash < 0 ? rest : rest.substring(0, hash);
    int mark = target.indexOf('?');
    String query = mark < 0 ? "" : target.substring(mark + 1);
    String path = mark < 0 ? target : target.substring(0, mark);
    return Optional.of(new Link(absolute(pagePath, path), query, decoded(fragment)));
  }

  private static String absolute(String pagePath, String path) {
    if (path.isEmpty()) {
      return pagePath;
    }
    String whole = path.startsWith("/") ? path
        : RequestTarget.encode(pagePath.substring(0, pagePath.lastIndexOf('/') + 1))
            + path;
    return RequestTarget.parse(whole.replace(" ", "%20").replace("\n", "").replace("\t", "").replace("\r", "")).path();
  }

  private static String decoded(String fragment) {
    try {
      return fragment.indexOf('%') < 0 ? fragment : URLDecoder.decode(fragment.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException _) {
      return fragment; // a broken escape is on no page
    }
  }
}
