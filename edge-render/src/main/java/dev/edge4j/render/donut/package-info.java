/**
 * Pages with holes, taken apart: the segments that all visitors share, and the gaps between them that are filled for each.
 *
 * <p>Start here: {@link dev.edge4j.render.SegmentedPage}, then {@code Cut} (how a page is cut while it is rendered).
 */
@NullMarked
package dev.edge4j.render.donut;

import org.jspecify.annotations.NullMarked;
