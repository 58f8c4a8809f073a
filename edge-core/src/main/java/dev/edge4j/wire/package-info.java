/**
 * What both ends of a connection go by, whichever they are and whatever version of HTTP they speak. Not exported.
 *
 * <p>Start here: {@link dev.edge4j.wire.ContentLength}.
 */
@NullMarked
package dev.edge4j.wire;

import org.jspecify.annotations.NullMarked;
