package dev.edge4j.data.sqlite;

import java.sql.SQLException;

/** Something to do with a connection, which is confined to the call: do not keep it. */
@FunctionalInterface
public interface SqlWork<T> {
  T run(SqlConnection connection) throws SQLException;
}
