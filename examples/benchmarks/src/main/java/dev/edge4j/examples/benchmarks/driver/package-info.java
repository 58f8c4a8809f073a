/**
 * Starts the servers, loads them in turn, and prints tables. Servers run on processor 0, and all that loads them on processor 1.
 *
 * <p>Start here: {@link dev.edge4j.examples.benchmarks.driver.Driver} and, for who takes part and how each is started,
 * {@link dev.edge4j.examples.benchmarks.driver.Subject}.
 */
@NullMarked
package dev.edge4j.examples.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
