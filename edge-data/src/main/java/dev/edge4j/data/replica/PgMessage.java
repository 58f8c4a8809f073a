package dev.edge4j.data.replica;

import java.util.List;
import java.util.Optional;

/**
 * A message of pgoutput, protocol version 1 (PostgreSQL's documentation, "Logical Replication Message Formats"): whole transactions,
 * each sent at its commit.
 */
sealed interface PgMessage {
  /** A transaction begins. */
  record Begin(long finalLsn, int xid) implements PgMessage {}

  /** It ends; what comes later lies at or behind {@code endLsn}. */
  record Commit(long commitLsn, long endLsn) implements PgMessage {}

  /** The shape of a table, sent before its first change and after each change of the shape. */
  record Relation(int id, String schema, String table, char identity, List<Attribute> columns) implements PgMessage {}

  /** A column of a {@link Relation}. */
  record Attribute(String name, int type, int modifier) {}

  /** A new row. */
  record Insert(int relation, Row row) implements PgMessage {}

  /** A changed row. */
  record Update(int relation, Optional<Old> old, Row row) implements PgMessage {}

  /** A row that is gone. */
  record Delete(int relation, Old old) implements PgMessage {}

  /**
   * The row before.
   *
   * @param whole whether all of it is here; else the columns of the replica identity alone, the others being NULL
   */
  record Old(boolean whole, Row row) {}

  /** All rows of tables are gone. */
  record Truncate(List<Integer> relations) implements PgMessage {}

  /** Something that a client wrote into the log by {@code pg_logical_emit_message}. */
  record Emitted(String prefix, byte[] content) implements PgMessage {}

  /** What changes no row: the origin of a transaction, the name of a type. */
  record Other(char kind) implements PgMessage {}
}
