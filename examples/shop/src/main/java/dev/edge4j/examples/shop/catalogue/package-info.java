/**
 * What the shop sells: generated once, kept in the edge database, read through a cache, its stock fed from the origin.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.catalogue.Catalogue},
 * {@link dev.edge4j.examples.shop.catalogue.CatalogueGenerator}.
 */
@NullMarked
package dev.edge4j.examples.shop.catalogue;

import org.jspecify.annotations.NullMarked;
