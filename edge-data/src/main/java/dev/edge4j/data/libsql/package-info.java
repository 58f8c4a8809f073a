/**
 * libSQL servers (sqld, Turso) as stores, by their own protocol, Hrana 3 over HTTP: one request for a statement or a batch, a stream for a
 * transaction. Only the JDK's HTTP client is below; no artifact has to be added.
 *
 * <p>Start here: {@link dev.edge4j.data.libsql.LibsqlStore}, {@link dev.edge4j.data.libsql.LibsqlReplica},
 * {@link dev.edge4j.data.libsql.LibsqlOptions}.
 */
@NullMarked
package dev.edge4j.data.libsql;

import org.jspecify.annotations.NullMarked;
