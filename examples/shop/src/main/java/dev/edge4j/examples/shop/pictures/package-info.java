/**
 * Product pictures, drawn by code: a shape, a hue, and an address that says both, so that no picture ever changes.
 * Pure.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.pictures.Picture}.
 */
@NullMarked
package dev.edge4j.examples.shop.pictures;

import org.jspecify.annotations.NullMarked;
