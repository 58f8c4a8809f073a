/**
 * The servers: each a class with a main method that takes the port, and perhaps a mode, and serves until its process ends. All have
 * one event loop, or what comes nearest to it, and answer the same bytes.
 *
 * <p>Start here: {@link dev.edge4j.examples.benchmarks.servers.Edge}, and
 * {@link dev.edge4j.examples.benchmarks.servers.RawNetty}, which all are compared with.
 */
@NullMarked
package dev.edge4j.examples.benchmarks.servers;

import org.jspecify.annotations.NullMarked;
