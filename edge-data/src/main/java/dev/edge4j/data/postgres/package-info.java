/**
 * PostgreSQL as a store of rows, over pgjdbc and HikariCP. Who uses it adds {@code org.postgresql:postgresql} and
 * {@code com.zaxxer:HikariCP}. Calls block, best on virtual threads, and never longer than their
 * {@link dev.edge4j.data.QueryDeadline}.
 *
 * <p>Start here: {@link dev.edge4j.data.postgres.PostgresStore}; under it {@link dev.edge4j.data.postgres.PostgresDatabase}, and
 * {@link dev.edge4j.data.postgres.PostgresOptions} for how it is opened.
 */
@NullMarked
package dev.edge4j.data.postgres;

import org.jspecify.annotations.NullMarked;
