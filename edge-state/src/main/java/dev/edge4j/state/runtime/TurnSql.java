package dev.edge4j.state.runtime;

import dev.edge4j.state.SqlStorage;
import dev.edge4j.state.store.ObjectDatabase;
import dev.edge4j.state.store.UserSql;
import java.util.List;
import java.util.Map;

/** The database of one object, for the thread that runs a turn of it. */
final class TurnSql implements SqlStorage {
  private final Resident<?> resident;

  TurnSql(Resident<?> resident) {
    this.resident = resident;
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> parameters) {
    Turn turn = Turn.of(resident);
    if (turn.isReadOnly() && !UserSql.writes(sql)) {
      return database(turn).committed(type, sql, parameters);
    }
    return inTransaction(turn, sql).query(type, sql, parameters);
  }

  @Override
  public long update(String sql, Map<String, ?> parameters) {
    return inTransaction(Turn.changing(resident), sql).update(sql, parameters);
  }

  private ObjectDatabase inTransaction(Turn turn, String sql) {
    ObjectDatabase database = database(turn);
    if (UserSql.writes(sql)) {
      Turn.changing(resident).buffer().writesDatabase();
    } else {
      turn.buffer().usesDatabase();
    }
    return database;
  }

  private static ObjectDatabase database(Turn turn) {
    return turn.resident().database().orElseThrow(); // State hands none out otherwise
  }
}
