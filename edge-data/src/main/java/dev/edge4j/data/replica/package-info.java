/**
 * A copy of PostgreSQL tables in a local SQLite file, kept up to date by logical replication: reads take microseconds and need no
 * network, writes go to the origin.
 *
 * <p>Start here: {@link dev.edge4j.data.replica.SqliteReplica}, {@link dev.edge4j.data.replica.ReplicaBuilder},
 * {@link dev.edge4j.data.replica.ReplicatedTable}. Inside, {@code Follower} is the life of a replica, {@code PgOutput} reads what the
 * origin sends and {@code Applier} writes it. Needs {@code org.postgresql:postgresql}.
 */
@NullMarked
package dev.edge4j.data.replica;

import org.jspecify.annotations.NullMarked;
