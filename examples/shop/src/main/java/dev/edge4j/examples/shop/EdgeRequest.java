package dev.edge4j.examples.shop;

/**
 * A request as the analytics keep it.
 *
 * @param totalMicros from the first gate to the head of the response
 * @param cacheStatus {@code X-Cache}, or {@code NONE}
 */
public record EdgeRequest(String path, String method, int status, long totalMicros, String region, String country,
    String cacheStatus, String version) {}
