package dev.edge4j.data.replica;

import dev.edge4j.data.RowChange;
import dev.edge4j.data.RowChange.Kind;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies the origin's messages to a copy, several of its transactions in one of the copy's, and never a part of one. Confined to the
 * thread that follows the origin.
 */
final class Applier implements AutoCloseable {
  private final ReplicaFile file;
  private final Changes changes;
  private final Map<String, TableWriter> writers = new HashMap<>();
  private final Map<Integer, TableWriter> byRelation = new HashMap<>();
  private boolean inTransaction;
  private int rows;

  Applier(ReplicaFile file, Changes changes) throws SQLException {
    this.file = file;
    this.changes = changes;
    for (TableShape shape : file.tables().values()) {
      writers.put(shape.name(), new TableWriter(file.writer(), shape));
    }
  }

  /** Whether a transaction of the origin has begun and not ended. */
  boolean inTransaction() {
    return inTransaction;
  }

  /** How many rows have been changed since the last commit of the copy. */
  int rows() {
    return rows;
  }

  void apply(PgMessage message) throws SQLException, RebuildException {
    switch (message) {
      case PgMessage.Begin _ -> begin();
      case PgMessage.Commit _ -> inTransaction = false;
      case PgMessage.Relation relation -> relation(relation);
      case PgMessage.Insert(int relation, Row row) -> {
        TableWriter table = table(relation);
        table.insert(row);
        changed(table, Kind.INSERTED, row);
      }
      case PgMessage.Update update -> update(update);
      case PgMessage.Delete(int relation, PgMessage.Old old) -> {
        TableWriter table = table(relation);
        table.delete(old);
        changed(table, Kind.DELETED, old.row());
      }
      case PgMessage.Truncate(List<Integer> relations) -> truncate(relations);
      case PgMessage.Emitted _,PgMessage.Other _ -> {
        // changes no row
      }
    }
  }

  /** Ends the copy's transaction at a position of the origin. */
  void commit(long lsn, long freshMillis) throws SQLException, RebuildException {
    for (TableWriter writer : writers.values()) {
      writer.flush();
    }
    file.commit(lsn, freshMillis);
    rows = 0;
  }

  void rollback() throws SQLException {
    for (TableWriter writer : writers.values()) {
      writer.drop();
    }
    file.rollback();
    changes.drop();
    inTransaction = false;
    rows = 0;
  }

  @Override
  public void close() throws SQLException {
    for (TableWriter writer : writers.values()) {
      writer.close();
    }
  }

  private void begin() throws SQLException {
    file.begin();
    inTransaction = true;
  }

  private void update(PgMessage.Update update) throws SQLException, RebuildException {
    TableWriter table = table(update.relation());
    table.update(update.old(), update.row());
    rows++;
    String name = table.shape().name();
    if (!changes.wants(name)) {
      return;
    }
    Optional<String> before = update.old().map(old -> table.keyText(old.row()));
    boolean keyNotSent = table.keyIsNotSent(update.row());
    String after = keyNotSent ? before.orElse("") : table.keyText(update.row());
    if (before.isPresent() && !before.get().equals(after)) {
      changes.add(new RowChange(name, Kind.DELETED, before.get()));
      changes.add(new RowChange(name, Kind.INSERTED, after));
    } else {
      changes.add(new RowChange(name, Kind.UPDATED, after));
    }
  }

  private void truncate(List<Integer> relations) throws SQLException, RebuildException {
    for (int relation : relations) {
      TableWriter table = table(relation);
      table.truncate();
      rows++;
      changes.add(RowChange.all(table.shape().name()));
    }
  }

  private void relation(PgMessage.Relation relation) throws RebuildException {
    TableWriter writer = writers.get(relation.table());
    if (writer == null || !writer.shape().schema().equals(relation.schema())) {
      throw new RebuildException("table " + relation.schema() + "." + relation.table()
          + " has come into the publication");
    }
    Optional<String> difference = writer.shape().difference(relation.columns());
    if (difference.isPresent()) {
      throw new RebuildException(difference.get());
    }
    byRelation.put(relation.id(), writer);
  }

  private TableWriter table(int relation) throws RebuildException {
    TableWriter writer = byRelation.get(relation);
    if (writer == null) {
      throw new RebuildException("a row of a table that the origin has not described: " + relation);
    }
    return writer;
  }

  private void changed(TableWriter table, Kind kind, Row row) {
    rows++;
    if (changes.wants(table.shape().name())) {
      changes.add(new RowChange(table.shape().name(), kind, table.keyText(row)));
    }
  }
}
