/**
 * Stands where a user stands: outside the build, with the artifacts alone.
 *
 * <p>Start here: {@code HelloConsumerIT}.
 */
@NullMarked
package dev.edge4j.examples.consumer;

import org.jspecify.annotations.NullMarked;
