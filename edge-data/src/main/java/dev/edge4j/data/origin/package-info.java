/**
 * The data of an origin behind a service of its own: nodes at the edge call statements and operations by name, over HTTP, and no SQL travels.
 * The origin mounts an {@link dev.edge4j.data.origin.OriginService}; a node declares an {@link dev.edge4j.data.origin.OriginStore}.
 *
 * <p>Start here: {@link dev.edge4j.data.origin.OriginService}, {@link dev.edge4j.data.origin.OriginStore},
 * {@link dev.edge4j.data.origin.OriginOperation}.
 */
@NullMarked
package dev.edge4j.data.origin;

import org.jspecify.annotations.NullMarked;
