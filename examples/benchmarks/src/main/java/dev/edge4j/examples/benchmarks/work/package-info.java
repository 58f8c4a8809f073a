/**
 * What every server answers, made the same way in all of them: bodies, routes, and what a handler does beside answering.
 *
 * <p>Start here: {@link dev.edge4j.examples.benchmarks.work.Answers}, {@link dev.edge4j.examples.benchmarks.work.Table}.
 */
@NullMarked
package dev.edge4j.examples.benchmarks.work;

import org.jspecify.annotations.NullMarked;
