package dev.edge4j.examples.shop.cart;

import dev.edge4j.examples.shop.accounts.Address;
import java.util.Optional;

/**
 * What a shopper asks for with one press of a button, as far as it is not in his cart.
 *
 * @param key what makes it one order however often it is sent
 * @param fingerprint of the request it came with: one key belongs to one
 * @param agreedCents the total he saw, in US cents; absent if he agrees to any
 * @param address where it goes; absent for a program that did not say
 */
public record Wish(String key, String fingerprint, Optional<Long> agreedCents, Optional<Address> address) {}
