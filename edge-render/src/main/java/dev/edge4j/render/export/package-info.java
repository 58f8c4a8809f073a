/**
 * An application written down as files: what its routes answer, found from its first pages by their links, for a server that knows nothing but files. Done in process, without a
 * socket, the same bytes each time.
 *
 * <p>Start here: {@link dev.edge4j.render.export.StaticExport}.
 */
@NullMarked
package dev.edge4j.render.export;

import org.jspecify.annotations.NullMarked;
