package dev.edge4j.server.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.SocketAddress;
import java.nio.file.Path;

/** Linux io_uring. */
final class IoUringSockets implements Sockets {
  @Override
  public IoHandlerFactory handlers() {
    return IoUringIoHandler.newFactory();
  }

  @Override
  public Class<? extends ServerChannel> tcp() {
    return IoUringServerSocketChannel.class;
  }

  @Override
  public Class<? extends ServerChannel> unix() {
    return IoUringServerDomainSocketChannel.class;
  }

  /** Netty closes these channels at the end of their input. */
  @Override
  public boolean unixHalfCloses() {
    return false;
  }

  @Override
  public SocketAddress unixAddress(Path file) {
    return new DomainSocketAddress(file.toString());
  }

  @Override
  public ChannelOption<Boolean> reusePort() {
    return UnixChannelOption.SO_REUSEPORT;
  }
}
