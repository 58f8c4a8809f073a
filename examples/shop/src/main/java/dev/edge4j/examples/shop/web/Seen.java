package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.secrets.Sha256;
import dev.edge4j.http.CookieKeys;
import dev.edge4j.http.FetchPurpose;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which products a visitor has looked at, the last one first: a few numbers in a signed cookie, and nothing of it on this side. What
 * somebody else has written into the cookie is as if it were not there.
 *
 * <p>A page that a browser fetches ahead ({@link FetchPurpose}) nobody has looked at yet, and perhaps nobody will. It is shown without a further request for it, so it holds an
 * address that it asks for itself then: by its script once it is no longer prerendered, and as a picture where scripts do not run, for browsers fetch ahead without them too.
 */
public final class Seen {
  /** The cookie's name. */
  public static final String COOKIE = "seen";

  private static final int MOST = 8;
  private static final Duration KEPT = Duration.ofDays(30);

  private final CookieKeys keys;

  /** Signs with a key of its own that is made of that secret. */
  public Seen(String secret) {
    this.keys = CookieKeys.of(Sha256.of("seen:" + secret));
  }

  /** The products that the sender has looked at. */
  List<Long> of(Context c) {
    return keys.readSigned(c.headers(), COOKIE)
        .filter(text -> !text.isEmpty())
        .map(text -> Arrays.stream(text.split("[.]")).map(Long::valueOf).toList())
        .orElse(List.of());
  }

  /** Whether the page is fetched ahead, and has to tell by itself that it is shown. */
  static boolean isAhead(Context c) {
    return FetchPurpose.of(c.headers()).isSpeculative();
  }

  /** A copy of the response that remembers that product as well; the response as it is if nobody sees it yet. */
  Response remember(Context c, Response response, long product) {
    if (isAhead(c)) {
      return response;
    }
    String text = Stream.concat(Stream.of(product), of(c).stream().filter(id -> id != product))
        .limit(MOST)
        .map(String::valueOf)
        .collect(Collectors.joining("."));
    return response.withCookie(keys.signed(SetCookie.of(COOKIE, text)
        .withMaxAge(KEPT)
        .withSecure(c.request().scheme().equals("https"))));
  }
}
