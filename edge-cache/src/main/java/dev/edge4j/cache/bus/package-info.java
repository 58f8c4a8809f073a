/**
 * How the nodes of one cache tell each other what has changed: a seam that users may implement over a bus of their own, and an
 * implementation for caches in one process.
 *
 * <p>Start here: {@link dev.edge4j.cache.bus.Backplane}, {@link dev.edge4j.cache.bus.Message}.
 */
@NullMarked
package dev.edge4j.cache.bus;

import org.jspecify.annotations.NullMarked;
