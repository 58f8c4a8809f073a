/**
 * How fast a route is found, beside a floor and two routers of Node, and what five middleware cost. In profile {@code bench} alone;
 * {@code docs/performance.md} has the command, the method and the figures.
 *
 * <p>Start here: {@link dev.edge4j.bench.Benchmarks}, {@link dev.edge4j.bench.Workload},
 * {@link dev.edge4j.bench.LookupBenchmark}.
 */
@NullMarked
package dev.edge4j.bench;

import org.jspecify.annotations.NullMarked;
