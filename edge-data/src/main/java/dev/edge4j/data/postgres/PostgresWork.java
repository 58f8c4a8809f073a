package dev.edge4j.data.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Something to do with a connection, which is confined to the call: do not keep it, commit it or close it. */
@FunctionalInterface
public interface PostgresWork<T> {
  T run(Connection connection) throws SQLException;
}
