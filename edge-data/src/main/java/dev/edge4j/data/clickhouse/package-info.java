/**
 * Events in ClickHouse, over plain HTTP with the client of the JDK: no driver, and the same requests for old servers and new ones.
 *
 * <p>Start here: {@link dev.edge4j.data.clickhouse.ClickHouseSink}.
 */
@NullMarked
package dev.edge4j.data.clickhouse;

import org.jspecify.annotations.NullMarked;
