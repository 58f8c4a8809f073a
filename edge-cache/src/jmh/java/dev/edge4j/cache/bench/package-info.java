/** Measures what a hit in memory costs, beside the cache that it stands on. */
@NullMarked
package dev.edge4j.cache.bench;

import org.jspecify.annotations.NullMarked;
