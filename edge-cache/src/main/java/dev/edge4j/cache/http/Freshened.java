package dev.edge4j.cache.http;

/**
 * A stored response that was validated and brought up to date.
 *
 * @param stored what answers the request that asked
 * @param keep true if it takes the place of the one that was stored; false if nothing may any more
 */
public record Freshened(StoredResponse stored, boolean keep) {}
