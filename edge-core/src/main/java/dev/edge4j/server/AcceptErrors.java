package dev.edge4j.server;

import dev.edge4j.log.Failures;
import dev.edge4j.server.limits.Counter;
import dev.edge4j.server.limits.Counters;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands behind Netty's acceptor, which pauses for a second when a connection cannot be accepted: for want of descriptors, it would
 * fail again at once. Connections that are there go on meanwhile, and those that wait in the backlog are accepted later.
 */
final class AcceptErrors extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptErrors.class);

  /** Here from the start: a class cannot be loaded once there are no descriptors. */
  private static final Failures FAILURES = Failures.LOG;

  private final Counters counters;

  AcceptErrors(Counters counters) {
    this.counters = counters;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    counters.add(Counter.ACCEPTS_FAILED);
    FAILURES.error(LOG, "a connection could not be accepted; trying again in a second", cause);
  }
}
