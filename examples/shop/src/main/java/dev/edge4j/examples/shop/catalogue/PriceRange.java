package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.Value;
import dev.edge4j.examples.shop.money.ShopMarkets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Between which prices, both included, in the currency that the address names: a link means the same to everybody who is sent it.
 *
 * @param least the lowest price; absent for no bound
 * @param most the highest price; absent for no bound
 * @param currency what they are in
 */
public record PriceRange(Optional<BigDecimal> least, Optional<BigDecimal> most, Currency currency) {
  /** Every price. */
  public static final PriceRange ALL = new PriceRange(Optional.empty(), Optional.empty(), ShopMarkets.DOLLAR);

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}([.][0-9]{1,2})?");

  /** Reads {@code ?min=&max=&currency=}, US dollars without the last; throws {@link BadRequest} naming what is wrong. */
  static PriceRange of(Context c) {
    Optional<BigDecimal> least = amount(c.query("min"));
    Optional<BigDecimal> most = amount(c.query("max"));
    String code = c.query("currency").text().filter(text -> !text.isEmpty()).orElse("USD");
    Currency currency = ShopMarkets.currency(code)
        .orElseThrow(() -> new BadRequest("currency", "is none that the shop is paid in"));
    if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
      throw new BadRequest("max", "must not be below min");
    }
    return least.isEmpty() && most.isEmpty() ? ALL : new PriceRange(least, most, currency);
  }

  /** True if it bounds nothing. */
  public boolean isAll() {
    return least.isEmpty() && most.isEmpty();
  }

  /** The lowest price in US cents; every amount that is shown at or above {@link #least} is in the range. */
  Optional<Long> leastCents() {
    return least.map(amount -> cents(amount, RoundingMode.FLOOR));
  }

  Optional<Long> mostCents() {
    return most.map(amount -> cents(amount, RoundingMode.CEILING));
  }

  private long cents(BigDecimal amount, RoundingMode mode) {
    return ShopMarkets.RATES.convert(amount, currency, ShopMarkets.DOLLAR)
        .movePointRight(2)
        .setScale(0, mode)
        .longValueExact();
  }

  private static Optional<BigDecimal> amount(Value value) {
    Optional<String> text = value.text().map(String::strip).filter(given -> !given.isEmpty());
    if (text.isPresent() && !AMOUNT.matcher(text.get()).matches()) {
      throw new BadRequest(value.name(), "must be a price such as 20 or 19.90");
    }
    return text.map(BigDecimal::new);
  }
}
