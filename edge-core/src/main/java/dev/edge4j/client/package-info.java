/**
 * Asks other HTTP servers: origins above all. Blocking, over HTTP/1.1 and HTTP/2, with connections that are kept, limits on every wait,
 * and retries where they are safe and nowhere else.
 *
 * <p>Start here: {@link dev.edge4j.client.OriginClient}, {@link dev.edge4j.client.OriginOptions},
 * {@link dev.edge4j.client.OriginResponse}.
 */
@NullMarked
package dev.edge4j.client;

import org.jspecify.annotations.NullMarked;
