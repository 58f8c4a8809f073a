package dev.edge4j.data.outbox;

import dev.edge4j.data.outbox.OutboxStore.Change;
import dev.edge4j.data.sqlite.SqlConnection;
import java.sql.SQLException;
import java.util.List;

/** Makes room by dropping the oldest events: first those set aside, then those that no batch holds. Part of one write. */
final class Dropping {
  private record Sized(long id, long bytes) {}

  private final SqlConnection connection;
  private long tooMany;
  private long tooLarge;

  Dropping(SqlConnection connection, long tooMany, long tooLarge) {
    this.connection = connection;
    this.tooMany = tooMany;
    this.tooLarge = tooLarge;
  }

  boolean isEnough() {
    return tooMany <= 0 && tooLarge <= 0;
  }

  Change run() throws SQLException {
    Sized aside = drop(OutboxSql.ASIDE_SIZES, OutboxSql.DELETE_ASIDE);
    Sized waiting = drop(OutboxSql.DROPPABLE, OutboxSql.DELETE_ONE);
    connection.update(OutboxSql.ADD, -waiting.id, -waiting.bytes, -aside.id, -aside.bytes);
    return new Change(-waiting.id, -waiting.bytes, -aside.id, aside.id + waiting.id);
  }

  /** How many were dropped (in place of an id), and their bytes. */
  private Sized drop(String oldest, String delete) throws SQLException {
    long events = 0;
    long bytes = 0;
    while (!isEnough()) {
      List<Sized> some = connection.query(oldest, row -> new Sized(row.getLong(1), row.getLong(2)));
      if (some.isEmpty()) {
        break;
      }
      for (Sized event : some) {
        if (isEnough()) {
          break;
        }
        connection.update(delete, event.id);
        events++;
        bytes += event.bytes;
        tooMany--;
        tooLarge -= event.bytes;
      }
    }
    return new Sized(events, bytes);
  }
}
