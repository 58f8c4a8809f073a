package dev.edge4j.data.testing;

import dev.edge4j.data.engines.PostgresServer;
import dev.edge4j.data.engines.RedisServer;
import dev.edge4j.data.engines.SqldServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The real servers that the tests of this module share: each is started once, when the first test asks, and ends with the JVM. */
public final class Engines {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private Engines() {}

  /** Not for tests that kill it: those start their own. A crash of the server alone loses nothing without fsync. */
  public static PostgresServer postgres() {
    return Postgres.SERVER;
  }

  /**
   * Another one, for replicas in classes that run {@link Aside}: a new slot waits for all transactions of a server, and a test says whose
   * it waits for.
   */
  public static PostgresServer postgresAside() {
    return PostgresAside.SERVER;
  }

  /** Not for tests that kill it: those start their own. */
  public static RedisServer redis() {
    return Redis.SERVER;
  }

  /** Not for tests that kill it: those start their own. Its tables are shared by all that use it. */
  public static SqldServer sqld() {
    return Sqld.SERVER;
  }

  /** The JDBC address of a new, empty database of the shared server. */
  public static String database() {
    return database(postgres());
  }

  /** The JDBC address of a new, empty database of a server. */
  public static String database(PostgresServer server) {
    String name = "test" + DATABASES.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(server.url("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE template0 STRATEGY wal_log");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return server.url(name);
  }

  private static final class Postgres {
    private static final PostgresServer SERVER = PostgresServer.start(Map.of("fsync", "off"));
  }

  private static final class PostgresAside {
    private static final PostgresServer SERVER = PostgresServer.start(Map.of("fsync", "off"));
  }

  private static final class Redis {
    private static final RedisServer SERVER = RedisServer.start();
  }

  private static final class Sqld {
    private static final SqldServer SERVER = SqldServer.start();
  }
}
