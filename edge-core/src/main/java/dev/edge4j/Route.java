package dev.edge4j;

import java.util.List;
import java.util.Optional;

/**
 * A route as a printed table shows it.
 *
 * @param method the method, {@code *} for all
 * @param host the host it answers on; empty for every one
 * @param pattern the whole pattern, with the prefixes of its groups and of the applications it is mounted in
 * @param middleware the names of what stands around the handler, in order; with a question mark where only some paths of the route
 *        have it
 * @param hopsAt what ends the fast lane: the first element that may block, so that the request gets a virtual thread;
 *        with what its handler was marked with ({@link Handler#hop}, {@link Handler#exempt})
 * @param place edge, or origin with the reason
 */
public record Route(String method, Optional<String> host, String pattern, List<String> middleware, String hopsAt,
    Place place) {}
