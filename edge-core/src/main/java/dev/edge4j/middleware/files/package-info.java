/**
 * Files of a folder, served with validators, ranges and what was compressed beforehand.
 *
 * <p>Start here: {@link dev.edge4j.middleware.files.StaticFiles}.
 */
@NullMarked
package dev.edge4j.middleware.files;

import org.jspecify.annotations.NullMarked;
