package dev.edge4j.render.market;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Geo;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.http.SetCookie;
import dev.edge4j.middleware.VaryBy;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Finds the market of a request among those of the application: by the first segment of its path ({@code /ja-jp/tea}, or the parameter {@code market} of the route), else by a cookie
 * {@code market}, else by what the visitor's account says, else by the country that {@link Context#geo} knows or that {@linkplain #home the region} is in, else by {@code Accept-Language}, else
 * the first. In a country without a market those count first that pay in its currency. Whatever names no market of ours is passed over.
 *
 * <p>{@code app.use(markets, cache.vary(Markets.FIELD))}: a cache behind it keeps one answer for each market, not one for each spelling of a header. What leaves says in {@code Vary} what was
 * asked instead, if it came out of that cache or a handler asked for the market; one for which a gate asked where the visitor's
 * address is, found or not, which no {@code Vary} can say, may be kept by the visitor's own browser alone.
 *
 * <p>Immutable, safe for use by many threads; never blocks.
 */
public final class Markets implements Gate {
  /** The field of the request that caches behind this go by; a client's own does not count. */
  public static final String FIELD = "Edge-Market";

  /** The parameter of a route, and the cookie. */
  public static final String NAME = "market";

  private static final Key<Choice> CHOICE = Key.named("market-choice");
  private static final Key<Boolean> ASKED = Key.named("market-asked");

  private final List<Market> all;
  private final Map<Market, Formats> formats;
  private final Choosing choosing;
  private final VaryBy vary;

  private Markets(List<Market> all, Map<Market, Formats> formats, Choosing choosing) {
    this.all = all;
    this.formats = formats;
    this.choosing = choosing;
    this.vary = VaryBy.of(FIELD, c -> c.require(CHOICE).market().key()).madeFrom(c -> c.require(CHOICE).asked());
  }

  /** These, the first where nothing else is found; {@link IllegalArgumentException} for none, and for two with one path. */
  public static Markets of(Market... markets) {
    List<Market> all = List.of(markets);
    if (all.isEmpty() || all.stream().map(Market::path).distinct().count() < all.size()) {
      throw new IllegalArgumentException("markets: " + all.stream().map(Market::path).toList()
          + " (expected: at least one, and each path once)");
    }
    Map<Market, Formats> formats = new HashMap<>();
    all.forEach(market -> formats.put(market, Formats.of(market.locale(), market.currency())));
    return new Markets(all, Map.copyOf(formats), new Choosing(all));
  }

  /** Asks a visitor's account too, for the path of a market, where neither path nor cookie say. The function must not block: what it goes by was found before. */
  public Markets account(Function<? super Context, Optional<String>> path) {
    return new Markets(all, formats, choosing.withAccount(path));
  }

  /**
   * For a region that answers who is near it: the country of those of whom {@link Context#geo} knows none, before {@code Accept-Language} is asked. It need not have a market;
   * {@link IllegalArgumentException} for what is no ISO 3166-1 code.
   */
  public Markets home(String country) {
    Geo place = Geo.ofCountry(country);
    if (place.country().isEmpty()) {
      throw new IllegalArgumentException("country of a region: \"" + country
          + "\" (expected: an ISO 3166-1 code, such as JP)");
    }
    return new Markets(all, formats, choosing.at(place));
  }

  /** All of them, the first first. */
  public List<Market> all() {
    return all;
  }

  /** The market of that path, {@code ja-jp}, in letters of any size: as a path, a cookie or the field of a picker has it. Empty if there is none. */
  public Optional<Market> find(String path) {
    return choosing.find(path);
  }

  /** Those of a country by its ISO 3166-1 code, in their order: several where it is spoken to in several languages, none where nothing is sold. */
  public List<Market> in(String country) {
    return all.stream().filter(market -> market.country().equals(country)).toList();
  }

  /** The market of a request that has passed this, whose answer depends on it from now on; {@link IllegalStateException} for one that has not. */
  public static Market of(Context c) {
    Market market = c.require(CHOICE).market();
    c.set(ASKED, true);
    return market;
  }

  /** How a market writes; {@link IllegalArgumentException} for one that is none of these. */
  public Formats formats(Market market) {
    Formats known = formats.get(market);
    if (known == null) {
      throw new IllegalArgumentException("market: " + market.path() + " (expected: one of " + all.stream()
          .map(Market::path)
          .sorted()
          .toList() + ")");
    }
    return known;
  }

  /** How the market of a request writes. */
  public Formats formats(Context c) {
    return formats(of(c));
  }

  /** The pattern of a group of routes in every market: {@code app.group(markets.pattern())}, {@code /:market{ja-jp|en-us}}. */
  public String pattern() {
    return "/:" + NAME + "{" + String.join("|", all.stream().map(Market::path).toList()) + "}";
  }

  /** The cookie of a visitor who has picked a market: kept for as long as browsers do. */
  public SetCookie cookie(Market picked) {
    return SetCookie.of(NAME, picked.path()).withMaxAge(SetCookie.LONGEST);
  }

  /**
   * A page in every market by language tag, and for those who have none: for {@code hreflang}, in {@code Head.alternate} and sitemaps (whole URLs, each page naming all, itself too). Of two markets
   * in one locale the first counts, for search engines know no currencies.
   *
   * @param origin scheme and host: {@code https://shop.example}
   * @param path the page's path behind the market's segment: {@code /tea}; {@code /} for its first page, {@code /ja-jp}
   */
  public SequencedMap<String, String> alternates(String origin, String path) {
    SequencedMap<String, String> alternates = new LinkedHashMap<>();
    all.forEach(market -> alternates.putIfAbsent(market.locale().toLanguageTag(), origin + "/" + market.path() + below(
        path)));
    alternates.put("x-default", origin + path);
    return Collections.unmodifiableSequencedMap(alternates);
  }

  /** What stands behind the market's segment: the first page is {@code /ja-jp}, as its route is, without a slash at its end. */
  private static String below(String path) {
    return path.equals("/") ? "" : path;
  }

  /**
   * Leads to the same path in the market of the request: for paths without one, of the application that has those with one, wherever it is mounted. Nobody else may
   * keep the answer.
   */
  public Response redirect(Context c) {
    String query = c.request().target().query();
    String path = RequestTarget.encode(prefix(c) + "/" + of(c).path() + below(c.path()));
    return c.redirect(302, query.isEmpty() ? path : path + "?" + query)
        .withHeader("Cache-Control", "private, no-cache");
  }

  /** What this application is mounted below; a first page may have been asked for without the slash that it has within. */
  private static String prefix(Context c) {
    String asked = c.request().target().asked().path();
    if (asked.endsWith(c.path())) {
      return asked.substring(0, asked.length() - c.path().length());
    }
    return c.path().equals("/") ? asked : "";
  }

  @Override
  public Verdict before(Context c) {
    c.set(CHOICE, choosing.of(c));
    return vary.before(c);
  }

  @Override
  public Response after(Context c, Response response) {
    boolean named = response.headers().list("Vary").stream().anyMatch(FIELD::equalsIgnoreCase);
    boolean dependent = named || c.get(ASKED).isPresent();
    if (!dependent) {
      return response;
    }
    Response told = vary.after(c, named ? response : response.withAddedHeader("Vary", FIELD));
    return c.require(CHOICE).byAddress() ? told.withPrivateCaching() : told;
  }
}
