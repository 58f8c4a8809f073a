/**
 * The edge-first shop: pages, an API, carts as durable objects, a catalogue at the edge and orders at the origin.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.Shop} starts it, {@link dev.edge4j.examples.shop.ShopApp} puts it
 * together: who knows whom ({@code Parts}), which gates stand in front ({@code FrontGates}), which routes lead where ({@code VersionRoutes}).
 */
@NullMarked
package dev.edge4j.examples.shop;

import org.jspecify.annotations.NullMarked;
