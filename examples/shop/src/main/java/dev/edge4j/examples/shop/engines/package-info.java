/**
 * The shop on servers, as past one machine: PostgreSQL, Redis, libSQL and ClickHouse, started for it from packages.
 *
 * <p>Start here: {@link dev.edge4j.examples.shop.engines.ShopOnEngines}, and the file {@code mesh.json} beside it.
 */
@NullMarked
package dev.edge4j.examples.shop.engines;

import org.jspecify.annotations.NullMarked;
