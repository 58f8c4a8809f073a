package dev.edge4j.state.runtime;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the reply to a request with an id is kept.
 *
 * @param fingerprint of what was asked: the same id for something else is an error
 */
record Idempotent<R extends @Nullable Object>(String fingerprint, Function<R, byte[]> write,
    Function<byte[], R> read) {}
