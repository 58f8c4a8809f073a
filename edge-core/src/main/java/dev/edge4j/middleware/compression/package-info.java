/**
 * Compresses what leaves. gzip is the JDK's; brotli and zstd need a library that the application adds, and only
 * {@link dev.edge4j.middleware.compression.Brotli} and {@link dev.edge4j.middleware.compression.Zstd} load it.
 *
 * <p>Start here: {@link dev.edge4j.middleware.compression.Compression}.
 */
@NullMarked
package dev.edge4j.middleware.compression;

import org.jspecify.annotations.NullMarked;
