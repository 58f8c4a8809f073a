package dev.edge4j.data.libsql;

import dev.edge4j.env.Secret;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a libSQL server is asked.
 *
 * @param token what the server knows us by, a JWT as a rule; empty if it asks for none
 * @param timeout how long an answer may take, and to wait for a free stream; an outer {@link dev.edge4j.data.QueryDeadline} may be sooner
 * @param connectTimeout how long a connection may take
 * @param maxStreams how many statements and transactions may be under way at a time; who finds none free waits
 * @param maxAnswerBytes how large an answer may be; of {@code forEach}, each row
 * @param tls whom to trust; empty for the defaults of the platform
 */
public record LibsqlOptions(Optional<Secret> token, Duration timeout, Duration connectTimeout, int maxStreams,
    int maxAnswerBytes, Optional<SSLContext> tls) {
  private static final int MOST_STREAMS = 10_000;
  private static final int LEAST_ANSWER = 1024;

  /** Refuses figures that make no sense, and a token that cannot stand in a header field. */
  public LibsqlOptions {
    if (!timeout.isPositive() || !connectTimeout.isPositive()) {
      throw new IllegalArgumentException("timeouts: " + timeout + " and " + connectTimeout
          + " to connect (expected: more than zero)");
    }
    if (maxStreams < 1 || maxStreams > MOST_STREAMS) {
      throw new IllegalArgumentException("maxStreams: " + maxStreams + " (expected: 1 to " + MOST_STREAMS + ")");
    }
    if (maxAnswerBytes < LEAST_ANSWER) {
      throw new IllegalArgumentException("maxAnswerBytes: " + maxAnswerBytes + " (expected: " + LEAST_ANSWER
          + " or more)");
    }
    if (token.filter(secret -> secret.reveal().isEmpty() || !secret.reveal()
        .chars()
        .allMatch(c -> c > ' '
            && c < 127)).isPresent()) {
      throw new IllegalArgumentException("token: one with blanks or none at all (expected: printable ASCII)");
    }
  }

  /** No token, 10 s for an answer and 1 s to connect, 64 streams, answers of 16 MiB, the platform's trust. */
  public static LibsqlOptions defaults() {
    return new LibsqlOptions(Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(1), 64, 16 * 1024 * 1024,
        Optional.empty());
  }

  public LibsqlOptions withToken(Secret newToken) {
    return new LibsqlOptions(Optional.of(newToken), timeout, connectTimeout, maxStreams, maxAnswerBytes, tls);
  }

  public LibsqlOptions withTimeout(Duration newTimeout) {
    return new LibsqlOptions(token, newTimeout, connectTimeout, maxStreams, maxAnswerBytes, tls);
  }

  public LibsqlOptions withConnectTimeout(Duration newTimeout) {
    return new LibsqlOptions(token, timeout, newTimeout, maxStreams, maxAnswerBytes, tls);
  }

  public LibsqlOptions withMaxStreams(int most) {
    return new LibsqlOptions(token, timeout, connectTimeout, most, maxAnswerBytes, tls);
  }

  public LibsqlOptions withMaxAnswerBytes(int most) {
    return new LibsqlOptions(token, timeout, connectTimeout, maxStreams, most, tls);
  }

  public LibsqlOptions withTls(SSLContext context) {
    return new LibsqlOptions(token, timeout, connectTimeout, maxStreams, maxAnswerBytes, Optional.of(context));
  }
}
