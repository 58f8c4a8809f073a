package dev.edge4j.server.transport;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A unix domain socket. What a server that was killed has left at its place is removed at the start, its own file at the stop.
 *
 * @param file where it is found; the system allows about 100 bytes
 * @param permissions who may connect: on Linux those who may write
 */
public record UnixSocket(Path file, Set<PosixFilePermission> permissions) {
  /** Copies the set. */
  public UnixSocket {
    permissions = Set.copyOf(permissions);
  }

  /** A socket for its owner and its group: {@code rw-rw----}. */
  public static UnixSocket at(Path file) {
    return new UnixSocket(file, PosixFilePermissions.fromString("rw-rw----"));
  }

  /** With other permissions, written as {@code rw-rw-rw-}. */
  public UnixSocket withPermissions(String newPermissions) {
    return new UnixSocket(file, PosixFilePermissions.fromString(newPermissions));
  }
}
