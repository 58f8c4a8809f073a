package dev.edge4j.data.postgres;

import dev.edge4j.env.Secret;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How connections are made: what the server is told of their session, and how long the socket waits. */
final class ConnectionSources {
  /** A statement that the server itself does not end in time: only then has the link gone silent. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** What is read as text comes as the server writes it, not as the driver would put it together. */
  private static final String AS_TEXT = "INT2_ARRAY,INT4_ARRAY,INT8_ARRAY,OID_ARRAY,FLOAT4_ARRAY,FLOAT8_ARRAY,VARCHAR_ARRAY,"
      + "TEXT_ARRAY,BYTEA_ARRAY,POINT,BOX,TIME,TIMETZ,TIMESTAMP,INTERVAL";

  private ConnectionSources() {}

  /** The server refuses every change. */
  static DataSource readers(PostgresOptions options) {
    return bounded(options, "-c default_transaction_read_only=on");
  }

  static DataSource writers(PostgresOptions options) {
    return bounded(options, "");
  }

  /** For one user and for long: nothing ends what it runs. */
  static PGSimpleDataSource unbounded(PostgresOptions options) {
    return source(options, "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0");
  }

  private static DataSource bounded(PostgresOptions options, String session) {
    PGSimpleDataSource source = source(options,
        "-c default_transaction_isolation=read\\ committed -c statement_timeout="
            + options.statementTimeout().toMillis() + " " + session);
    source.setSocketTimeout(seconds(options.statementTimeout().plus(SILENCE)));
    return source;
  }

  private static PGSimpleDataSource source(PostgresOptions options, String session) {
    var source = new PGSimpleDataSource();
    source.setUrl(options.url());
    options.user().ifPresent(source::setUser);
    options.password().map(Secret::reveal).ifPresent(source::setPassword);
    String given = source.getOptions();
    source.setOptions(given == null ? session : given + " " + session);
    source.setApplicationName("edge4j " + options.name());
    source.setConnectTimeout(seconds(options.connectTimeout()));
    source.setCancelSignalTimeout(seconds(options.connectTimeout()));
    source.setTcpKeepAlive(true);
    source.setStringType("unspecified"); // so that text fits enum, jsonb and uuid columns as a literal does
    source.setBinaryTransferDisable(AS_TEXT);
    source.setAssumeMinServerVersion("14"); // a round trip less for each connection
    return source;
  }

  private static int seconds(Duration time) {
    return Math.toIntExact(Math.max(1, time.plusMillis(999).toSeconds()));
  }
}
