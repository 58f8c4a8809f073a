package dev.edge4j.render.market;

import dev.edge4j.Context;
import dev.edge4j.Geo;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the market of a request, the most certain sign first. Pure but for what the account's function does; safe for use by many threads. */
final class Choosing {
  private final Map<String, Market> byPath;
  private final Languages all;
  private final Map<String, Languages> inCountry;
  private final Map<Currency, Languages> paying;
  private final @Nullable Function<? super Context, Optional<String>> account;
  private final Geo home;

  private Choosing(Choosing same, @Nullable Function<? super Context, Optional<String>> account, Geo home) {
    this.byPath = same.byPath;
    this.all = same.all;
    this.inCountry = same.inCountry;
    this.paying = same.paying;
    this.account = account;
    this.home = home;
  }

  /** Among these, each of which has its own path; without accounts, and at home nowhere. */
  Choosing(List<Market> markets) {
    this.byPath = markets.stream().collect(Collectors.toUnmodifiableMap(Market::path, Function.identity()));
    this.all = new Languages(markets);
    this.inCountry = by(markets, Market::country);
    this.paying = by(markets, Market::currency);
    this.account = null;
    this.home = Geo.UNKNOWN;
  }

  private static <K> Map<K, Languages> by(List<Market> markets, Function<Market, K> of) {
    return markets.stream()
        .collect(Collectors.groupingBy(of, Collectors.collectingAndThen(Collectors.toList(), Languages::new)));
  }

  /** The same, asking this account. */
  Choosing withAccount(Function<? super Context, Optional<String>> asked) {
    return new Choosing(this, asked, home);
  }

  /** The same, where visitors are there whose place is unknown. */
  Choosing at(Geo place) {
    return new Choosing(this, account, place);
  }

  /** Codes of countries and languages are the same in letters of any size (RFC 5646 section 2.1.1). */
  Optional<Market> find(String path) {
    return Optional.ofNullable(byPath.get(path.toLowerCase(Locale.ROOT)));
  }

  Choice of(Context c) {
    Optional<Market> named = path(c).flatMap(this::find);
    if (named.isPresent()) {
      return new Choice(named.get(), List.of(), false);
    }
    List<String> asked = new ArrayList<>(List.of("Cookie"));
    Optional<Market> known = c.cookie(Markets.NAME).flatMap(this::find).or(() -> account(c, asked));
    if (known.isPresent()) {
      return new Choice(known.get(), asked, false);
    }
    return guess(c, asked);
  }

  private static Optional<String> path(Context c) {
    return c.rawParam(Markets.NAME).or(() -> {
      String[] segments = c.path().split("/", 3);
      return segments.length > 1 ? Optional.of(segments[1]) : Optional.empty();
    });
  }

  private Optional<Market> account(Context c, List<String> asked) {
    Function<? super Context, Optional<String>> of = account;
    if (of == null) {
      return Optional.empty();
    }
    asked.add("Authorization"); // an account is proved by that or by a cookie; who has none may come with one next time
    return of.apply(c).flatMap(this::find);
  }

  private Choice guess(Context c, List<String> asked) {
    boolean byAddress = c.get(Geo.KEY).isPresent(); // also if it told nothing: from elsewhere it would have
    Geo place = c.geo().country().isPresent() ? c.geo() : home;
    Optional<Languages> there = place.country().flatMap(country -> Optional.ofNullable(inCountry.get(country)));
    if (there.filter(Languages::isOne).isPresent()) {
      return new Choice(there.get().first(), asked, byAddress);
    }
    asked.add("Accept-Language");
    Market market = there.map(several -> several.find(c).orElseGet(several::first)).orElseGet(() -> near(c, place));
    return new Choice(market, asked, byAddress);
  }

  /** For a country without a market: one in its money and a language that the visitor asks for, else one whose pages he reads, else one in its money, else the first. */
  private Market near(Context c, Geo place) {
    Optional<Languages> money = place.country().flatMap(_ -> Optional.ofNullable(paying.get(place.currency())));
    return money.map(same -> same.find(c).or(() -> all.findRead(c)).orElseGet(same::first))
        .orElseGet(() -> all.find(c).orElseGet(all::first));
  }
}
