package dev.edge4j.examples.shop.reviews;

import java.time.Instant;

/**
 * What one customer thinks of one product.
 *
 * @param stars 1 to 5
 * @param body as it was written: whoever shows it escapes it
 * @param bought 1 if the writer's account had ordered the product by then and has not taken that back, else 0
 */
public record Review(long id, String author, long stars, String body, long bought, Instant createdAt) {}
