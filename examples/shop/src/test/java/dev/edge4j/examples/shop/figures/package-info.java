/** Figures of docs/performance.md, made by hand: start at {@link dev.edge4j.examples.shop.figures.ShopFigures}. */
@NullMarked
package dev.edge4j.examples.shop.figures;

import org.jspecify.annotations.NullMarked;
