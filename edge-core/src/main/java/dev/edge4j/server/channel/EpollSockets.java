package dev.edge4j.server.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannelOption;
import java.net.SocketAddress;
import java.nio.file.Path;

/** Linux epoll. */
final class EpollSockets implements Sockets {
  @Override
  public IoHandlerFactory handlers() {
    return EpollIoHandler.newFactory();
  }

  @Override
  public Class<? extends ServerChannel> tcp() {
    return EpollServerSocketChannel.class;
  }

  @Override
  public Class<? extends ServerChannel> unix() {
    return EpollServerDomainSocketChannel.class;
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
