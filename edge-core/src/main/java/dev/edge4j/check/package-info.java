/**
 * Says what a value must be like, and lists all that is wrong with one: for what came with a request, once it has been read as a record. No
 * annotations and no reflection: rules are values.
 *
 * <p>Start here: {@link dev.edge4j.check.Check}, {@link dev.edge4j.check.Rules}.
 */
@NullMarked
package dev.edge4j.check;

import org.jspecify.annotations.NullMarked;
