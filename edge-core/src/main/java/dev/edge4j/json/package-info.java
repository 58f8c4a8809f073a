/**
 * JSON behind a seam: {@link dev.edge4j.json.JsonCodec}, with Jackson 3 behind it by default.
 *
 * <p>Start here: {@link dev.edge4j.json.JsonCodec}.
 */
@NullMarked
package dev.edge4j.json;

import org.jspecify.annotations.NullMarked;
