package dev.edge4j.server.transport;

/**
 * The system's interface for sockets that a server uses. All serve the same; they differ in what a request costs. The native ones need
 * Linux and one more artifact at run time.
 */
public enum Transport {
  /** {@link #EPOLL} where its library is, else {@link #NIO}. */
  AUTO,
  /** Linux epoll: {@code io.netty:netty-transport-native-epoll} with the classifier of the platform, such as {@code linux-x86_64}. */
  EPOLL,
  /** Linux io_uring: {@code io.netty:netty-transport-native-io_uring} with the classifier of the platform, such as {@code linux-x86_64}. */
  IO_URING,
  /** The JDK's selectors, everywhere. */
  NIO
}
