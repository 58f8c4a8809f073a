/**
 * Where a page grows: one array of bytes, used again for the next page.
 *
 * <p>Start here: {@link dev.edge4j.render.output.Output}.
 */
@NullMarked
package dev.edge4j.render.output;

import org.jspecify.annotations.NullMarked;
