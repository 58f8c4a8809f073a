package dev.edge4j.examples.shop.orders;

import dev.edge4j.examples.shop.accounts.Address;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.cart.Wish;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to become an order.
 *
 * @param agreedCents the total that the buyer saw, in US cents; empty if he agrees to any
 */
record Purchase(long userId, Lines lines, IdempotencyKey key, OptionalLong agreedCents, Optional<Address> address) {
  static Purchase of(long userId, Lines lines, IdempotencyKey key) {
    return new Purchase(userId, lines, key, OptionalLong.empty(), Optional.empty());
  }

  static Purchase of(long userId, Lines lines, Wish wish) {
    OptionalLong agreed = wish.agreedCents().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    return new Purchase(userId, lines, IdempotencyKey.of(wish), agreed, wish.address());
  }
}
