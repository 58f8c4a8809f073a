package dev.edge4j.examples.shop.cart;

import java.util.Map;

/** What one cart hands over to another, once, under an id that no other parcel has. */
public record Parcel(String id, Map<Long, Integer> quantities) {}
