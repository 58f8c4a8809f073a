/**
 * What keeps a log from being filled by one cause: when memory, disk or descriptors run out, every request says so.
 *
 * <p>Start here: {@link dev.edge4j.log.Failures}.
 */
@NullMarked
package dev.edge4j.log;

import org.jspecify.annotations.NullMarked;
