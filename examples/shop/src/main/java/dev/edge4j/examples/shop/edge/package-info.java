/**
 * What happened to one request, layer by layer, for the bar at the foot of each page and for the header field that scripts read.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.edge.Trace}, {@link dev.edge4j.examples.shop.edge.EdgeBar}.
 */
@NullMarked
package dev.edge4j.examples.shop.edge;

import org.jspecify.annotations.NullMarked;
