/**
 * Where visitors are, by their address, and which region is nearest to them. An address tells a country well and a town roughly; a visitor behind a VPN is where
 * the VPN is.
 *
 * <p>Start here: {@link dev.edge4j.middleware.geo.GeoLookup}, {@link dev.edge4j.middleware.geo.GeoFile},
 * {@link dev.edge4j.middleware.geo.NearestEdge}.
 */
@NullMarked
package dev.edge4j.middleware.geo;

import org.jspecify.annotations.NullMarked;
