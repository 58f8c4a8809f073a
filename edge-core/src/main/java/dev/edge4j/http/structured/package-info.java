/**
 * Structured field values (RFC 9651): what newer header fields are made of, read and written by one grammar.
 *
 * <p>Start here: {@link dev.edge4j.http.structured.StructuredFields}, {@link dev.edge4j.http.structured.Bare}.
 */
@NullMarked
package dev.edge4j.http.structured;

import org.jspecify.annotations.NullMarked;
