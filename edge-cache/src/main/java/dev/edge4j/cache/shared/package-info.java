/**
 * What the value cache and the response cache do alike over a key-value store and a bus: calls whose failures end here, keys as
 * text, versions of tags, leases. Not exported.
 *
 * <p>Start here: {@link dev.edge4j.cache.shared.QuietKv}, {@link dev.edge4j.cache.shared.TagVersions},
 * {@link dev.edge4j.cache.shared.Bus}.
 */
@NullMarked
package dev.edge4j.cache.shared;

import org.jspecify.annotations.NullMarked;
