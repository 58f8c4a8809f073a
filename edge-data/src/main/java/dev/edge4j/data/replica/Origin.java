package dev.edge4j.data.replica;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Connections to the origin, all with the same forms of text. Safe for use by many threads. */
final class Origin {
  /** What a system of PostgreSQL says of itself: which it is, on which timeline, and up to where its log is on disk. */
  record Identity(String system, int timeline, long flushed) {
    /** Positions can be compared within one history: one system that has not failed over. */
    String history() {
      return system + "." + timeline;
    }
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  interface Row<T> {
    T map(ResultSet row) throws SQLException;
  }

  /**
   * The text forms that {@link ColumnType} reads. Set on the session, because the driver sends the JVM's time zone when it connects,
   * and PostgreSQL takes that for the later word.
   */
  private static final List<String> FORMS = List.of("SET TimeZone = 'UTC'", "SET DateStyle = 'ISO, MDY'",
      "SET IntervalStyle = 'iso_8601'",
      "SET bytea_output = 'hex'", "SET extra_float_digits = 1", "SET xmloption = 'content'");

  private final OriginOptions options;
  private final String application;

  /**
   * How an origin is reached.
   *
   * @param application how these connections call themselves in pg_stat_activity
   */
  Origin(OriginOptions options, String application) {
    this.options = options;
    this.application = application;
  }

  String shown() {
    return options.shown();
  }

  /** A connection for SQL. What it asks must be answered within the time of silence. */
  Connection connect() throws SQLException {
    return open(new Properties());
  }

  /** A connection that can also be told to replicate. */
  Connection replication() throws SQLException {
    var properties = new Properties();
    properties.setProperty("replication", "database");
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("assumeMinServerVersion", "15");
    return open(properties);
  }

  private Connection open(Properties properties) throws SQLException {
    if (!options.user().isEmpty()) {
      properties.setProperty("user", options.user());
      properties.setProperty("password", options.password().reveal());
    }
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", seconds(options.connectTimeout()));
    properties.setProperty("loginTimeout", seconds(options.connectTimeout().plus(options.connectTimeout())));
    properties.setProperty("socketTimeout", seconds(options.silence()));
    properties.setProperty("tcpKeepAlive", "true");
    Connection connection = DriverManager.getConnection(options.url(), properties);
    try (Statement statement = connection.createStatement()) {
      for (String form : FORMS) {
        statement.execute(form);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String seconds(Duration time) {
    return Long.toString(Math.max(1, time.plusMillis(999).toSeconds()));
  }

  /** Asked on a connection that replicates. */
  static Identity identify(Connection replication) throws SQLException {
    return one(replication, "IDENTIFY_SYSTEM", row -> new Identity(row.getString(1), row.getInt(2), Lsn.parse(row
        .getString(3))))
        .orElseThrow(() -> new SQLException("IDENTIFY_SYSTEM gave no row"));
  }

  /**
   * The same on a connection for SQL, for who replicates at the moment. The first eight digits of a log file's name are the timeline
   * it is written on; what pg_control says is older after a failover.
   */
  static Identity position(Connection connection) throws SQLException {
    return one(connection, "SELECT (SELECT system_identifier FROM pg_control_system())::text,"
        + " left(pg_walfile_name(lsn), 8), lsn::text FROM pg_current_wal_flush_lsn() AS lsn",
        row -> new Identity(row.getString(1), Integer.parseInt(row.getString(2), 16), Lsn.parse(row.getString(3))))
        .orElseThrow(() -> new SQLException("the origin gave no position"));
  }

  static PGConnection driver(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class);
  }

  static <T> List<T> all(Connection connection, String sql, Row<T> mapper, Object... args) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < args.length; i++) {
        statement.setObject(i + 1, args[i]);
      }
      var rows = new ArrayList<T>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(mapper.map(result));
        }
      }
      return rows;
    }
  }

  static <T> Optional<T> one(Connection connection, String sql, Row<T> mapper, Object... args) throws SQLException {
    return all(connection, sql, mapper, args).stream().findFirst();
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Closes what may be broken already. */
  static void close(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.abort(Runnable::run); // a polite end would wait for a link that may be dead
    } catch (SQLException e) {
      org.slf4j.LoggerFactory.getLogger(Origin.class).debug("a connection to the origin did not close", e);
    }
  }
}
