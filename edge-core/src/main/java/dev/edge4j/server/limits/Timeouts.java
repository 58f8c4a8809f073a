package dev.edge4j.server.limits;

import java.time.Duration;

/**
 * How long a client may take, and a stop of the server.
 *
 * @param head from a request's first byte to the end of its header fields, and from connecting to the first byte; then 408
 * @param body longest pause while a body is read; then 408
 * @param idle how long a kept connection may lie idle between two requests; then it is closed
 * @param write how long a client may take no byte of a response; then the connection is closed
 * @param drain how long a stop waits for requests in flight, and then for work after responses
 */
public record Timeouts(Duration head, Duration body, Duration idle, Duration write, Duration drain) {
  /** Refuses times in which nobody could send anything, and those that no timer can keep; a stop need not wait. */
  public Timeouts {
    if (!Spans.canBeKept(head, body, idle, write) || !Spans.isNoneOrCanBeKept(drain)) {
      throw new IllegalArgumentException("time-outs: head " + head + ", body " + body + ", idle " + idle + ", write "
          + write + ", drain " + drain + " (expected: " + Spans.EXPECTED + " each, or zero to drain)");
    }
  }

  /** 10, 20, 60, 30 and 10 seconds. */
  public static Timeouts defaults() {
    return new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(30),
        Duration.ofSeconds(10));
  }

  public Timeouts withRequest(Duration newHead, Duration newBody) {
    return new Timeouts(newHead, newBody, idle, write, drain);
  }

  public Timeouts withConnection(Duration newIdle, Duration newWrite) {
    return new Timeouts(head, body, newIdle, newWrite, drain);
  }

  public Timeouts withDrain(Duration newDrain) {
    return new Timeouts(head, body, idle, write, newDrain);
  }
}
