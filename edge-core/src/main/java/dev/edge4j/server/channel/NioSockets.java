package dev.edge4j.server.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** The JDK's selectors: everywhere. */
final class NioSockets implements Sockets {
  @Override
  public IoHandlerFactory handlers() {
    return NioIoHandler.newFactory();
  }

  @Override
  public Class<? extends ServerChannel> tcp() {
    return NioServerSocketChannel.class;
  }

  @Override
  public Class<? extends ServerChannel> unix() {
    return NioServerDomainSocketChannel.class;
  }

  /** Netty closes these channels at the end of their input. */
  @Override
  public boolean unixHalfCloses() {
    return false;
  }

  @Override
  public SocketAddress unixAddress(Path file) {
    return UnixDomainSocketAddress.of(file);
  }

  @Override
  public ChannelOption<Boolean> reusePort() {
    return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
  }
}
