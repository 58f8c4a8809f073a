package dev.edge4j.client;

import dev.edge4j.resilience.BreakerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * How an origin is asked.
 *
 * @param timeouts how long each thing may take
 * @param maxConnections open at a time; who finds none free waits for one as long as a connect may take. Over HTTP/2 one connection serves
 *        as many requests as the origin takes at once
 * @param maxHeadBytes of a response's status line and fields, and of the fields behind a body
 * @param protocol what is spoken
 * @param retries how often a request is sent again at most, where that is safe; see {@link OriginClient}
 * @param breaker when the origin is not asked at all for a while; empty for never
 * @param tls whom to trust and what to show; empty for the defaults of the platform
 * @param onRetry is told of each retry, on the thread that asks; must not block
 */
public record OriginOptions(Timeouts timeouts, int maxConnections, int maxHeadBytes, OriginProtocol protocol,
    int retries, Optional<BreakerOptions> breaker, Optional<SSLContext> tls, Consumer<? super Retry> onRetry) {
  private static final int MOST_CONNECTIONS = 65_536;
  private static final int LEAST_HEAD_BYTES = 1024;
  private static final int MOST_RETRIES = 5;

  /**
   * How long each thing may take; all above zero, and a day at most.
   *
   * @param connect for a connection, its TLS included; and to wait for one where all are in use
   * @param head from the last piece of the request to the head of the response
   * @param body between two pieces of a body, in either direction
   * @param upgraded for the origin to say something over a connection that was upgraded, a WebSocket say
   * @param idle after that long without use a connection is closed; sooner if the origin says so ({@code Keep-Alive: timeout=5})
   */
  public record Timeouts(Duration connect, Duration head, Duration body, Duration upgraded, Duration idle) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Refuses zero, less, and more than a day. */
    public Timeouts {
      check("connect", connect);
      check("head", head);
      check("body", body);
      check("upgraded", upgraded);
      check("idle", idle);
    }

    private static void check(String name, Duration duration) {
      if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(name + " timeout: " + duration
            + " (expected: more than zero, a day at most)");
      }
    }

    /** A second, 30 seconds, 30 seconds, 5 minutes and 30 seconds. */
    public static Timeouts defaults() {
      return new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(5),
          Duration.ofSeconds(30));
    }

    public Timeouts withConnect(Duration newConnect) {
      return new Timeouts(newConnect, head, body, upgraded, idle);
    }

    public Timeouts withHead(Duration newHead) {
      return new Timeouts(connect, newHead, body, upgraded, idle);
    }

    public Timeouts withBody(Duration newBody) {
      return new Timeouts(connect, head, newBody, upgraded, idle);
    }

    public Timeouts withUpgraded(Duration newUpgraded) {
      return new Timeouts(connect, head, body, newUpgraded, idle);
    }

    public Timeouts withIdle(Duration newIdle) {
      return new Timeouts(connect, head, body, upgraded, newIdle);
    }
  }

  /**
   * A request is about to be sent again.
   *
   * @param request its method and path
   * @param attempt 2 for the first retry
   * @param cause why the attempt before failed
   */
  public record Retry(String request, int attempt, OriginException cause) {}

  /** Refuses figures that make no sense. */
  public OriginOptions {
    if (maxConnections < 1 || maxConnections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException("maxConnections: " + maxConnections + " (expected: 1 to " + MOST_CONNECTIONS
          + ")");
    }
    if (maxHeadBytes < LEAST_HEAD_BYTES) {
      throw new IllegalArgumentException("maxHeadBytes: " + maxHeadBytes + " (expected: " + LEAST_HEAD_BYTES
          + " or more)");
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException("retries: " + retries + " (expected: 0 to " + MOST_RETRIES + ")");
    }
  }

  /** 128 connections, heads of 64 KiB, HTTP/2 where the origin takes it, two retries, the usual breaker, the platform's trust. */
  public static OriginOptions defaults() {
    return new OriginOptions(Timeouts.defaults(), 128, 64 * 1024, OriginProtocol.NEGOTIATED, 2, Optional.of(
        BreakerOptions.defaults()), Optional.empty(), _ -> {});
  }

  public OriginOptions withTimeouts(Timeouts newTimeouts) {
    return new OriginOptions(newTimeouts, maxConnections, maxHeadBytes, protocol, retries, breaker, tls, onRetry);
  }

  public OriginOptions withMaxConnections(int most) {
    return new OriginOptions(timeouts, most, maxHeadBytes, protocol, retries, breaker, tls, onRetry);
  }

  public OriginOptions withMaxHeadBytes(int most) {
    return new OriginOptions(timeouts, maxConnections, most, protocol, retries, breaker, tls, onRetry);
  }

  public OriginOptions withProtocol(OriginProtocol spoken) {
    return new OriginOptions(timeouts, maxConnections, maxHeadBytes, spoken, retries, breaker, tls, onRetry);
  }

  public OriginOptions withRetries(int most) {
    return new OriginOptions(timeouts, maxConnections, maxHeadBytes, protocol, most, breaker, tls, onRetry);
  }

  public OriginOptions withBreaker(BreakerOptions options) {
    return new OriginOptions(timeouts, maxConnections, maxHeadBytes, protocol, retries, Optional.of(options), tls,
        onRetry);
  }

  /** Asks the origin however often it fails. */
  public OriginOptions withoutBreaker() {
    return new OriginOptions(timeouts, maxConnections, maxHeadBytes, protocol, retries, Optional.empty(), tls, onRetry);
  }

  /** Trusts, and shows, what this context does. */
  public OriginOptions withTls(SSLContext context) {
    return new OriginOptions(timeouts, maxConnections, maxHeadBytes, protocol, retries, breaker, Optional.of(context),
        onRetry);
  }

  public OriginOptions withOnRetry(Consumer<? super Retry> listener) {
    return new OriginOptions(timeouts, maxConnections, maxHeadBytes, protocol, retries, breaker, tls, listener);
  }
}
