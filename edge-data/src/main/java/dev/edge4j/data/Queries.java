package dev.edge4j.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What runs SQL: a store, or a transaction of it. Parameters are named, {@code :category}; every name in the statement needs
 * an argument and every argument a name, else {@link MappingException} says which. NULL is given as an empty {@link Optional}.
 *
 * <p>A row becomes a record: column {@code created_at} is component {@code createdAt}; columns without a component are left
 * out, a component without a column, a NULL for a component that is no Optional, and a value of another type are
 * {@link MappingException}s that name record and column. Components may be long, int, double, boolean, String, Instant (an
 * integer is milliseconds since 1970), LocalDate, BigDecimal, UUID, byte[], an enum (by name) and Optional of these. In place
 * of a record one of these types reads a single column.
 */
public interface Queries {
  /** All rows. */
  <T> List<T> query(Class<T> type, String sql, Map<String, ?> args);

  /** All rows of a statement without parameters. */
  default <T> List<T> query(Class<T> type, String sql) {
    return query(type, sql, Map.of());
  }

  /** The row, if there is one; throws {@link MappingException} if there are more. */
  default <T> Optional<T> queryOne(Class<T> type, String sql, Map<String, ?> args) {
    List<T> rows = query(type, sql, args);
    if (rows.size() > 1) {
      throw new MappingException(type.getSimpleName() + ": " + rows.size() + " rows (expected: at most one) from: "
          + sql);
    }
    return rows.stream().findFirst();
  }

  /** The row of a statement without parameters, if there is one. */
  default <T> Optional<T> queryOne(Class<T> type, String sql) {
    return queryOne(type, sql, Map.of());
  }

  /**
   * Hands all rows to {@code each}, in order, as they come: a store that can never holds them all in memory (this one, written for
   * those that cannot, does). The rows are of one moment. What {@code each} throws ends the query and is thrown on. How many rows
   * there were.
   */
  default <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    List<T> rows = query(type, sql, args);
    rows.forEach(each);
    return rows.size();
  }

  /** Runs one statement; how many rows it inserted, changed or deleted. */
  long update(String sql, Map<String, ?> args);

  /** Runs one statement without parameters. */
  default long update(String sql) {
    return update(sql, Map.of());
  }
}
