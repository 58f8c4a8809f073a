package dev.edge4j.server.channel;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.Optional;

/** A native transport, whose classes may be missing, and whose library may not fit the system. */
enum NativeLibrary {
  EPOLL("netty-transport-native-epoll"),
  IO_URING("netty-transport-native-io_uring");

  private final String artifact;

  NativeLibrary(String artifact) {
    this.artifact = artifact;
  }

  /** Why it cannot be used, if it cannot. */
  Optional<Throwable> missing() {
    try {
      return Optional.ofNullable(switch (this) {
        case EPOLL -> Epoll.unavailabilityCause();
        case IO_URING -> IoUring.unavailabilityCause();
      });
    } catch (LinkageError e) { // the classes are not there, or not of our version
      return Optional.of(e);
    }
  }

  /** Throws if it cannot be used. */
  void require() {
    missing().ifPresent(reason -> {
      Throwable root = reason;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new UnavailableException("the transport " + name() + " is not there: " + root
          + " (expected: Linux, and io.netty:" + artifact
          + " with the classifier of this platform, such as linux-x86_64, among the dependencies; or choose AUTO or NIO)",
          reason);
    });
  }
}
