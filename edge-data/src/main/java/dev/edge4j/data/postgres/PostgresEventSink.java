package dev.edge4j.data.postgres;

import dev.edge4j.data.IdempotentSink;
import dev.edge4j.data.StoreException;
import dev.edge4j.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Events as rows of a table, put there by COPY; each call is one durable commit, all or none. Safe for use by many threads.
 *
 * <p>A batch is never counted twice: its token is kept in a table beside, {@code <table>_batch}, in the same commit, so a batch whose
 * answer was lost is handed in again and does nothing if it had arrived. Who catches the {@link StoreException} of
 * {@link #appendAll} and appends the same list again hands in the same batch too. Tokens are kept for a week.
 */
public final class PostgresEventSink implements IdempotentSink {
  /** Puts events into the table. */
  private interface Insert {
    void into(Connection connection, List<Map<String, @Nullable Object>> events) throws SQLException;
  }

  private static final JsonCodec JSON = JsonCodec.jackson();
  private static final List<String> COLUMNS = List.of("at", "type", "body");
  private static final long FORGET_EVERY = 1_000;
  private static final String FORGET = " WHERE at < now() - interval '7 days'";

  private final PostgresDatabase database;
  private final String table;
  private final String tokens;
  private final boolean ownsTable;
  private final InstantSource clock;
  private final FailedBatches failed = new FailedBatches();
  private final AtomicLong batches = new AtomicLong();
  private volatile boolean prepared;

  private PostgresEventSink(PostgresDatabase database, String table, boolean ownsTable, InstantSource clock) {
    this.database = database;
    this.table = Names.folded("table", table);
    this.tokens = Names.quoted("table", table + "_batch");
    this.ownsTable = ownsTable;
    this.clock = clock;
  }

  /**
   * A sink into a table {@code (id, at, type, body)}, which the first batch makes if need be: when it was written, the name of the
   * record (or a map's {@code "type"}, else {@code "map"}), and the event as jsonb. Closing the sink leaves the database open.
   */
  public static PostgresEventSink on(PostgresDatabase database, String table) {
    return new PostgresEventSink(database, table, true, InstantSource.system());
  }

  /** A sink that reads time from {@code clock}. */
  public static PostgresEventSink on(PostgresDatabase database, String table, InstantSource clock) {
    return new PostgresEventSink(database, table, true, clock);
  }

  /**
   * A sink into the columns of a table that is there: field {@code tookMillis} goes to column {@code took_millis}, a list, map or
   * record in a field becomes JSON, and a column that an event does not have gets its default. A field without a column is an
   * {@link IllegalArgumentException}.
   */
  public static PostgresEventSink columns(PostgresDatabase database, String table) {
    return new PostgresEventSink(database, table, false, InstantSource.system());
  }

  @Override
  public void appendAll(List<?> events) {
    String token = failed.tokenOf(events);
    try {
      appendOnce(token, events);
      failed.forget(events);
    } catch (StoreException e) {
      failed.remember(events, token);
      throw e;
    }
  }

  @Override
  public void appendOnce(String token, List<?> events) {
    if (events.isEmpty()) {
      return;
    }
    Insert insert = ownsTable ? bodies(events) : new EventRows(table)::insert;
    var fields = new ArrayList<Map<String, @Nullable Object>>();
    if (!ownsTable) {
      events.forEach(event -> fields.add(EventRows.fields(event)));
    }
    prepare();
    boolean forget = batches.getAndIncrement() % FORGET_EVERY == 0;
    database.idempotent(connection -> {
      if (isNew(connection, token)) {
        insert.into(connection, fields);
      }
      if (forget) {
        forget(connection);
      }
      return token;
    });
  }

  private Insert bodies(List<?> events) {
    Instant now = clock.instant();
    var rows = new ArrayList<List<Object>>(events.size()); // JSON is made before a connection is taken
    for (Object event : events) {
      rows.add(List.of(now, type(event), new String(JSON.write(event), StandardCharsets.UTF_8)));
    }
    var copy = new Copy(table, COLUMNS);
    return (connection, _) -> copy.run(connection, rows);
  }

  private boolean isNew(Connection connection, String token) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + tokens
        + " (token) VALUES (?) ON CONFLICT (token) DO NOTHING")) {
      statement.setString(1, token);
      return statement.executeUpdate() == 1;
    }
  }

  private void forget(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM " + tokens + FORGET);
    }
  }

  /** Not when it is made: a program starts while its database is away. */
  private void prepare() {
    if (prepared) {
      return;
    }
    database.transaction(Isolation.READ_COMMITTED, connection -> {
      SessionLock.takeForTransaction(connection, SessionLock.SCHEMA);
      try (Statement statement = connection.createStatement()) {
        if (ownsTable) {
          statement.execute("CREATE TABLE IF NOT EXISTS " + Names.quoted("table", table)
              + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, type text NOT NULL,"
              + " body jsonb NOT NULL)");
        }
        statement.execute("CREATE TABLE IF NOT EXISTS " + tokens
            + " (token text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
      }
      return table;
    });
    prepared = true;
  }

  @Override
  public String engine() {
    return "postgres";
  }

  @Override
  public void close() {}

  private static String type(Object event) {
    return switch (event) {
      case Record named -> named.getClass().getSimpleName();
      case Map<?, ?> map -> map.get("type") instanceof String type ? type : "map";
      default -> throw new IllegalArgumentException("event: " + event.getClass().getName()
          + " (expected: a record or a map)");
    };
  }
}
