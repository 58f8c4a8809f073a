/**
 * Values of HTTP: requests, responses, header fields, targets. No I/O happens here, and everything but a request's body is
 * immutable and safe for use by many threads.
 *
 * <p>What a path, a header or an address <em>is</em> gets decided here once ({@link dev.edge4j.http.RequestTarget}), so that a
 * router, a cache and a mounted application never see two versions of it.
 *
 * <p>Start here: {@link dev.edge4j.http.Request}, {@link dev.edge4j.http.Response}, {@link dev.edge4j.http.Headers}.
 */
@NullMarked
package dev.edge4j.http;

import org.jspecify.annotations.NullMarked;
