package dev.edge4j.server.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** The file by which a unix socket is found: it outlives a process that was killed, and keeps the next one from listening. */
public final class SocketFile {
  private SocketFile() {}

  /**
   * Removes what a dead server has left there. Throws {@link UnavailableException} if somebody listens, or if it is no socket: a file that a
   * typing error names is not deleted.
   */
  public static void makeRoom(Path file) {
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
        throw new UnavailableException(file
            + " is there and no socket (expected: a free name, or the socket of a server"
            + " that has ended)", null);
      }
      if (isAnswered(file)) {
        throw new UnavailableException("another server listens on " + file + " (expected: a free name)", null);
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UnavailableException(file + " cannot be made free: " + e.getMessage(), e);
    }
  }

  private static boolean isAnswered(Path file) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(UnixDomainSocketAddress.of(file));
    } catch (ConnectException e) {
      return false;
    }
  }

  /**
   * The file of a socket that has just been bound, for those whom the permissions name. The result removes it when it is closed, unless
   * another server has taken its place.
   */
  public static AutoCloseable bound(Path file, Set<PosixFilePermission> permissions) {
    try {
      Files.setPosixFilePermissions(file, permissions);
      Optional<Object> ours = identity(file);
      return () -> {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && identity(file).equals(ours)) {
          Files.deleteIfExists(file);
        }
      };
    } catch (IOException | UnsupportedOperationException e) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw new UnavailableException("the permissions of " + file + " cannot be set: " + e.getMessage(), e);
    }
  }

  private static Optional<Object> identity(Path file) throws IOException {
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey());
  }
}
