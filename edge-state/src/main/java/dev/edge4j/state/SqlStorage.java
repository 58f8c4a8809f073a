package dev.edge4j.state;

import java.util.List;
import java.util.Map;

/**
 * The SQL database of one object, for a class that asked for it with {@link ObjectClass#sql}. A file of its own; what a turn writes
 * there, in {@link Storage} and to its alarms is one transaction. Confined to the thread that runs the turn.
 *
 * <p>Parameters are named, as in {@code :product}; nothing is put into the text of a statement. What would leave the turn's transaction, the object's
 * file or the user's tables is refused with {@link IllegalArgumentException}: BEGIN, COMMIT, ATTACH, PRAGMA, VACUUM and their like, and names that begin
 * with {@code edge4j_}. A statement whose {@code OR ROLLBACK} ends the transaction fails the turn. What SQLite refuses is a
 * {@link dev.edge4j.data.StoreException}, after which the turn may go on. In a {@link ReadOnly} call what writes throws
 * {@link IllegalStateException}.
 */
public interface SqlStorage {
  /**
   * The rows of a query, each as a record of that class whose components are named as the columns ({@code created_at} is
   * {@code createdAt}), or a single value.
   */
  <T> List<T> query(Class<T> type, String sql, Map<String, ?> parameters);

  /** Runs a statement; how many rows it changed. */
  long update(String sql, Map<String, ?> parameters);
}
