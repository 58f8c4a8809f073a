package dev.edge4j.examples.benchmarks.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;

/** What all are compared with: Netty's codec and a handler behind it, nothing else. */
public final class RawNetty {
  private RawNetty() {}

  /** The port, and {@code inline} or {@code hop}: whether the work is done on the event loop or on a virtual thread each. */
  public static void main(String[] args) throws InterruptedException {
    boolean hop = args[1].equals("hop");
    boolean epoll = "epoll".equals(System.getProperty("bench.transport"));
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    Class<? extends ServerChannel> channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, io);
    new ServerBootstrap().group(loops)
        .channel(channel)
        .option(ChannelOption.SO_BACKLOG, 1_024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel client) {
            client.pipeline().addLast(new HttpServerCodec(), new RawHandler(hop));
          }
        })
        .bind(Integer.parseInt(args[0]))
        .sync()
        .channel()
        .closeFuture()
        .sync();
  }
}
