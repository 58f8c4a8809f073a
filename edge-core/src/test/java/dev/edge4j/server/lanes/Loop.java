package dev.edge4j.server.lanes;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;

/** Event loops with nothing on them. */
final class Loop implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group;

  Loop() {
    this(1);
  }

  Loop(int loops) {
    group = new MultiThreadIoEventLoopGroup(loops, NioIoHandler.newFactory());
  }

  /** One of them; the next each time. */
  EventLoop next() {
    return group.next();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
