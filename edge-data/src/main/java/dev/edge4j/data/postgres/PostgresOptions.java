package dev.edge4j.data.postgres;

import dev.edge4j.env.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * How a database is opened. Start from {@link #of}.
 *
 * @param url a JDBC address, as in {@code jdbc:postgresql://host:5432/shop}; a password is better given on its own
 * @param user who logs in, if the address does not say
 * @param password his password, if the address does not say
 * @param name how errors, metrics and {@code application_name} call it; the name of the database unless given
 * @param readers connections for queries, which are read-only
 * @param writers connections for updates and transactions
 * @param connectTimeout how long making a connection may take
 * @param acquireTimeout how long to wait while all connections are in use
 * @param statementTimeout how long one statement may take; the server ends it then, and a sooner
 *     {@link dev.edge4j.data.QueryDeadline} ends it earlier
 * @param isolation of transactions that do not say; a statement outside of one is {@link Isolation#READ_COMMITTED}
 * @param attempts how often a transaction is run at the most while others are in its way
 */
public record PostgresOptions(String url, Optional<String> user, Optional<Secret> password, String name, int readers,
    int writers, Duration connectTimeout, Duration acquireTimeout, Duration statementTimeout, Isolation isolation,
    int attempts) {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final int CONNECTIONS = 8;
  private static final int ATTEMPTS = 12;

  /** Throws {@link IllegalArgumentException} for what cannot be. */
  public PostgresOptions {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("url: it begins with \"" + url.substring(0, Math.min(url.length(), 12))
          + "\" (expected: jdbc:postgresql://host:port/database)");
    }
    if (name.isBlank() || readers < 1 || writers < 1 || attempts < 1) {
      throw new IllegalArgumentException("name, readers, writers, attempts: \"" + name + "\", " + readers + ", "
          + writers
          + ", " + attempts + " (expected: not blank, and at least 1 each)");
    }
    check("connectTimeout", connectTimeout);
    check("acquireTimeout", acquireTimeout);
    check("statementTimeout", statementTimeout);
  }

  /** 8 readers, 8 writers, 5 s to connect and to wait for a connection, 30 s for a statement, serializable transactions. */
  public static PostgresOptions of(String url) {
    return new PostgresOptions(url, Optional.empty(), Optional.empty(), database(url), CONNECTIONS, CONNECTIONS,
        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), Isolation.SERIALIZABLE, ATTEMPTS);
  }

  public PostgresOptions withUser(String value, Secret secret) {
    return new PostgresOptions(url, Optional.of(value), Optional.of(secret), name, readers, writers, connectTimeout,
        acquireTimeout, statementTimeout, isolation, attempts);
  }

  public PostgresOptions withName(String value) {
    return new PostgresOptions(url, user, password, value, readers, writers, connectTimeout, acquireTimeout,
        statementTimeout, isolation, attempts);
  }

  public PostgresOptions withReaders(int count) {
    return new PostgresOptions(url, user, password, name, count, writers, connectTimeout, acquireTimeout,
        statementTimeout, isolation, attempts);
  }

  public PostgresOptions withWriters(int count) {
    return new PostgresOptions(url, user, password, name, readers, count, connectTimeout, acquireTimeout,
        statementTimeout, isolation, attempts);
  }

  public PostgresOptions withConnectTimeout(Duration timeout) {
    return new PostgresOptions(url, user, password, name, readers, writers, timeout, acquireTimeout, statementTimeout,
        isolation, attempts);
  }

  public PostgresOptions withAcquireTimeout(Duration timeout) {
    return new PostgresOptions(url, user, password, name, readers, writers, connectTimeout, timeout, statementTimeout,
        isolation, attempts);
  }

  public PostgresOptions withStatementTimeout(Duration timeout) {
    return new PostgresOptions(url, user, password, name, readers, writers, connectTimeout, acquireTimeout, timeout,
        isolation, attempts);
  }

  public PostgresOptions withIsolation(Isolation level) {
    return new PostgresOptions(url, user, password, name, readers, writers, connectTimeout, acquireTimeout,
        statementTimeout, level, attempts);
  }

  public PostgresOptions withAttempts(int count) {
    return new PostgresOptions(url, user, password, name, readers, writers, connectTimeout, acquireTimeout,
        statementTimeout, isolation, count);
  }

  /** Without the address's parameters: there may be a password among them. */
  @Override
  public String toString() {
    return "PostgresOptions[" + name + ", " + url.replaceAll("\\?.*|(?<=//)[^/@]*@", "") + ", readers=" + readers
        + ", writers=" + writers + "]";
  }

  private static String database(String url) {
    String path = url.replaceAll("\\?.*", "");
    String last = path.substring(path.lastIndexOf('/') + 1).replaceFirst("^" + PREFIX, "");
    return last.isBlank() ? "postgres" : last;
  }

  private static void check(String what, Duration duration) {
    if (duration.toMillis() < 1 || duration.toDays() > 20) {
      throw new IllegalArgumentException(what + ": " + duration + " (expected: from 1 ms to 20 days)");
    }
  }
}
