/**
 * Typed configuration, the Java form of an edge platform's bindings: one place where an application asks for what its surroundings
 * decide, with one clear line for what is wrong, and secrets that do not print.
 *
 * <p>Start here: {@link dev.edge4j.env.Env}, {@link dev.edge4j.env.Secret}.
 */
@NullMarked
package dev.edge4j.env;

import org.jspecify.annotations.NullMarked;
