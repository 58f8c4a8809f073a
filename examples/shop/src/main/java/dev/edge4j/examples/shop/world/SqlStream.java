package dev.edge4j.examples.shop.world;

import dev.edge4j.BadRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * One connection to the origin's file, on which the requests of one Hrana stream are executed: strictly one after another. Confined to one request at a time.
 *
 * <p>Source: "The Hrana protocol specification (version 3)", of which it has what {@code LibsqlStore} sends: execute, batch, describe.
 */
final class SqlStream implements AutoCloseable {
  private static final int BUSY_MILLIS = 5_000;

  private final Connection connection;
  private boolean inTransaction;

  SqlStream(Path file) throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement settings = connection.createStatement()) {
      settings.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
      settings.execute("PRAGMA foreign_keys = ON");
    }
  }

  /** Answers one request of a pipeline: {@code {type: ok, response}} or {@code {type: error, error}}. */
  Map<String, Object> answer(Map<?, ?> request) {
    String type = String.valueOf(request.get("type"));
    try {
      Map<String, Object> response = new HashMap<>();
      response.put("type", type);
      switch (type) {
        case "execute" -> response.put("result", execute(object(request.get("stmt"))));
        case "batch" -> response.put("result", batch(object(request.get("batch"))));
        case "describe" -> response.put("result", Map.of("is_readonly", isReadOnly(String.valueOf(request.get(
            "sql")))));
        case "close" -> close();
        default -> throw new BadRequest("type", "must be execute, batch, describe or close");
      }
      return Map.of("type", "ok", "response", response);
    } catch (SQLException e) {
      return Map.of("type", "error", "error", error(e));
    }
  }

  private Map<String, Object> batch(Map<?, ?> batch) {
    List<@Nullable Object> results = new ArrayList<>();
    List<@Nullable Object> errors = new ArrayList<>();
    for (Object each : list(batch.get("steps"))) {
      Map<?, ?> step = object(each);
      Object condition = step.get("condition");
      Object result = null;
      Object failure = null;
      if (condition == null || holds(object(condition), results)) {
        try {
          result = execute(object(step.get("stmt")));
        } catch (SQLException e) {
          failure = error(e);
        }
      }
      results.add(result);
      errors.add(failure);
    }
    return Map.of("step_results", results, "step_errors", errors);
  }

  private boolean holds(Map<?, ?> condition, List<@Nullable Object> results) {
    return switch (String.valueOf(condition.get("type"))) {
      case "ok" -> results.get(index(condition.get("step"))) != null;
      case "not" -> !holds(object(condition.get("cond")), results);
      case "and" -> list(condition.get("conds")).stream().allMatch(each -> holds(object(each), results));
      case "is_autocommit" -> !inTransaction;
      default -> throw new BadRequest("condition", "must be ok, not, and or is_autocommit");
    };
  }

  private Map<String, Object> execute(Map<?, ?> given) throws SQLException {
    String sql = String.valueOf(given.get("sql"));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Object args = given.get("args");
      HranaValues.bind(statement, args == null ? List.of() : args);
      boolean hasRows = statement.execute();
      follow(sql);
      Map<String, Object> result = new HashMap<>();
      result.put("cols", List.of());
      result.put("rows", List.of());
      result.put("affected_row_count", Math.max(0, statement.getUpdateCount()));
      if (hasRows) {
        try (ResultSet rows = statement.getResultSet()) {
          List<Map<String, Object>> columns = HranaValues.columns(rows);
          result.put("cols", columns);
          result.put("rows", HranaValues.rows(rows, columns.size()));
        }
      }
      return result;
    }
  }

  private void follow(String sql) {
    switch (firstWord(sql)) {
      case "BEGIN" -> inTransaction = true;
      case "COMMIT", "ROLLBACK", "END" -> inTransaction = false;
      default -> {
        // leaves it as it is
      }
    }
  }

  private static boolean isReadOnly(String sql) {
    String text = sql.toUpperCase(Locale.ROOT);
    return !text.matches("(?s).*\\b(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|VACUUM|ATTACH)\\b.*");
  }

  private static String firstWord(String sql) {
    return sql.strip().split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
  }

  private static Map<String, Object> error(SQLException e) {
    String code = e instanceof SQLiteException known ? known.getResultCode().name() : "SQLITE_ERROR";
    return Map.of("message", String.valueOf(e.getMessage()), "code", code);
  }

  private static int index(@Nullable Object json) {
    if (json instanceof Number number) {
      return number.intValue();
    }
    throw new BadRequest("step", "must be a number");
  }

  private static Map<?, ?> object(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    throw new BadRequest("a member that must be an object is none");
  }

  private static List<?> list(@Nullable Object json) {
    if (json instanceof List<?> list) {
      return list;
    }
    throw new BadRequest("a member that must be a list is none");
  }

  /** Closes the connection, which rolls back what is open. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
