package dev.edge4j.data.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes a value of the row a result stands on. Must not move the result, nor keep it. */
@FunctionalInterface
public interface RowMapper<T> {
  T map(ResultSet row) throws SQLException;
}
