/**
 * Real servers as child processes, for development, tests and demonstrations: started from packages, ended with the program that
 * started them, even by SIGKILL. Linux on x86-64. Not for production: they listen on the loopback interface, and trust it.
 *
 * <p>Start here: {@link dev.edge4j.data.engines.PostgresServer}; {@link dev.edge4j.data.engines.EngineServer} is what all of them can do.
 */
@NullMarked
package dev.edge4j.data.engines;

import org.jspecify.annotations.NullMarked;
