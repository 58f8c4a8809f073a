package dev.edge4j.data.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes a value of the row a result stands on. Must not move the result, nor keep it. */
@FunctionalInterface
public interface RowMapper<T> {
  T map(ResultSet row) throws SQLException;

  /** About how many bytes the last row has taken, where rows wait in memory for their user; a guess unless it is said. */
  default long weight() {
    return 256;
  }

  /** About how many bytes a value takes. */
  static long weight(@Nullable Object value) {
    return switch (value) {
      case String text -> 40 + text.length();
      case byte[] bytes -> 16 + bytes.length;
      case null, default -> 16;
    };
  }
}
