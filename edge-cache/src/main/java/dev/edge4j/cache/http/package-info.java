/**
 * The decisions of an HTTP response cache, without I/O: what may be stored and for how long, what a stored response is good for
 * now, under which key, and what is told about it. The rules are those of a shared cache in RFC 9111, with the stale uses of
 * RFC 5861, {@code Cache-Status} (RFC 9211), targeted fields (RFC 9213) and cache groups (RFC 9875).
 *
 * <p>Start here: {@link dev.edge4j.cache.http.CacheRules}, {@link dev.edge4j.cache.http.CachePolicy},
 * {@link dev.edge4j.cache.http.Decision}.
 */
@NullMarked
package dev.edge4j.cache.http;

import org.jspecify.annotations.NullMarked;
