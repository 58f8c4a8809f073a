package dev.edge4j.examples.shop.coupons;

import java.time.Instant;

/**
 * What a code takes off an order: a share or an amount, whichever of the two is more.
 *
 * @param code as the origin has it
 * @param percent of the sum of the lines, 0 to 90
 * @param amountCents US cents; less than the minimum, so that an order always costs something
 * @param minimumCents the least sum of the lines that it works for
 * @param expiresAt when it ends
 * @param once one for each account
 */
public record Coupon(String code, long percent, long amountCents, long minimumCents, Instant expiresAt, boolean once) {
  private static final long WHOLE = 100;

  /** What it takes off lines of that sum, in US cents, a share of a cent left out; nothing below the minimum. */
  public long discountCents(long sumCents) {
    return sumCents < minimumCents ? 0 : Math.max(amountCents, Math.multiplyExact(sumCents, percent) / WHOLE);
  }
}
