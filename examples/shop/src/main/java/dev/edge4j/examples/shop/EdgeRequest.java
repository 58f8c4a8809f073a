package dev.edge4j.examples.shop;

/**
 * A request as the analytics keep it.
 *
 * @param path its first 200 characters
 * @param totalMicros from the first gate to the head of the response
 * @param cacheStatus {@code X-Cache}, or {@code NONE}
 * @param layers microseconds of each layer in order of its beginning: {@code gates=210 catalog=950 render=1300}
 * @param purpose what it was asked for: {@code visit}, or {@code prefetch} and {@code prerender} for what a browser fetched ahead, which perhaps nobody has seen
 */
public record EdgeRequest(String path, String method, int status, long totalMicros, String region, String country,
    String cacheStatus, String version, String layers, String purpose) {}
