/**
 * What the documents promise, held against the tests that ran in this build.
 *
 * <p>Start here: {@link dev.edge4j.examples.promises.PagesOfPromisesIT}.
 */
@NullMarked
package dev.edge4j.examples.promises;

import org.jspecify.annotations.NullMarked;
