package dev.edge4j.state.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The user's side of an object's own file. What a turn does here is in one transaction with its {@link Commit}: begun by the first of these that
 * needs it, ended by {@link ObjectStore#commit} or {@link ObjectStore#abandon}. For the thread that runs the turn; only {@link #committed} may be
 * called by readers beside each other. Statements throw {@link dev.edge4j.data.DataException}.
 */
public interface ObjectDatabase {
  /** Begins the turn's transaction if it has not begun, and brings the tables up in it; whether any script was missing. */
  boolean begin();

  /** Rows of a statement, which may write and return what it wrote. */
  <T> List<T> query(Class<T> type, String sql, Map<String, ?> parameters);

  /** Runs a statement; how many rows it changed. */
  long update(String sql, Map<String, ?> parameters);

  /** Rows of a statement that sees what is committed, and writes nothing. */
  <T> List<T> committed(Class<T> type, String sql, Map<String, ?> parameters);

  /** Makes the tables what they are in a new object. */
  void clear();

  /** Marks a place in the transaction, inside those marked before. */
  void mark();

  /** Forgets the last mark. */
  void unmark();

  /** Undoes what came after the last mark, and forgets it. */
  void returnToMark();

  /** The user's tables as they are committed, as a SQLite file; empty if the object keeps nothing. */
  Optional<byte[]> snapshot();

  /** Has the next commit put these tables in the place of what is there; {@link IllegalArgumentException} if they are not sound, or too new. */
  void replace(byte[] snapshot);
}
