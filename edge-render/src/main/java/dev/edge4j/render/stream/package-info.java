/**
 * Pages that leave before all of them is there. A section that is late leaves as a range of the document with a name, its skeleton in it, and
 * follows as a patch for that range, in whatever order they come: {@code <?start name="late-1">...<?end name="late-1">} and
 * {@code <template for="late-1">...</template>}, which browsers that know the HTML standard's out-of-order streaming apply while they parse,
 * without any script, and others with a script of some 700 bytes.
 *
 * <p>Start here: {@link dev.edge4j.render.stream.StreamedPage}, then {@code LateParts} (what is still to come).
 */
@NullMarked
package dev.edge4j.render.stream;

import org.jspecify.annotations.NullMarked;
