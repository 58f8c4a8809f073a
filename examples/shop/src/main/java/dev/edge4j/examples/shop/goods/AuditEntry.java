package dev.edge4j.examples.shop.goods;

import java.time.Instant;

/** Who changed what, from what to what. */
public record AuditEntry(long id, long userId, String what, long productId, String before, String after,
    Instant createdAt) {}
