/**
 * SQLite as it pays off under virtual threads: one writer that commits waiting writes together, a few readers that answer
 * point reads on the caller's thread, and platform threads for what takes long, because a native call holds its carrier.
 *
 * <p>Start here: {@link dev.edge4j.data.sqlite.SqliteStore}; under it {@link dev.edge4j.data.sqlite.SqliteDatabase} and
 * {@link dev.edge4j.data.sqlite.SqlConnection}.
 */
@NullMarked
package dev.edge4j.data.sqlite;

import org.jspecify.annotations.NullMarked;
