package dev.edge4j.server.channel;

import dev.edge4j.server.transport.Transport;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import java.net.SocketAddress;
import java.nio.file.Path;

/** The system's sockets through one of its interfaces. A native one is a class of its own, loaded only once it is known to be there. */
public interface Sockets {
  /** What the event loops run on. */
  IoHandlerFactory handlers();

  Class<? extends ServerChannel> tcp();

  Class<? extends ServerChannel> unix();

  /** The address of a unix socket, in the form these channels take. */
  SocketAddress unixAddress(Path file);

  /** The option by which several sockets share a port. */
  ChannelOption<Boolean> reusePort();

  /** Whether a client of a unix socket may close its half and still read. */
  default boolean unixHalfCloses() {
    return true;
  }

  /** The sockets of that interface; throws {@link UnavailableException} if it is not there. */
  static Sockets of(Transport transport) {
    return switch (transport) {
      case AUTO -> NativeLibrary.EPOLL.missing().isEmpty() ? new EpollSockets() : new NioSockets();
      case NIO -> new NioSockets();
      case EPOLL -> {
        NativeLibrary.EPOLL.require();
        yield new EpollSockets();
      }
      case IO_URING -> {
        NativeLibrary.IO_URING.require();
        yield new IoUringSockets();
      }
    };
  }
}
