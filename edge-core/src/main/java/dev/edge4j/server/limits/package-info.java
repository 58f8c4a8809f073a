/**
 * What a server puts up with, and what it counts. Values alone: the rooms around read them, and every limit is on by default.
 *
 * <p>Start here: {@link dev.edge4j.server.limits.Limits}, {@link dev.edge4j.server.limits.Counter}.
 */
@NullMarked
package dev.edge4j.server.limits;

import org.jspecify.annotations.NullMarked;
