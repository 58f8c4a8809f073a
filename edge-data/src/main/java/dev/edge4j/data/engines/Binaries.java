package dev.edge4j.data.engines;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the programs of servers are unpacked to, once: a folder of this user's in the system's temporary one, which other users may
 * read (PostgreSQL runs as one of them) and nobody else may write.
 */
final class Binaries {
  /** Fills an empty folder. */
  interface Unpacking {
    void into(Path folder) throws IOException;
  }

  private Binaries() {}

  /** The folder of that name, filled if it is not there; whole or not at all, so that programs that start at once share it. */
  static Path folder(String name, Unpacking unpacking) {
    try {
      Path home = home();
      Path folder = home.resolve(name);
      if (!Files.isDirectory(folder)) {
        Path part = Files.createTempDirectory(home, name);
        Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxr-xr-x"));
        fill(part, unpacking);
        moveInto(part, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new EngineException(name + " could not be unpacked: " + e.getMessage(), e);
    }
  }

  private static void fill(Path part, Unpacking unpacking) throws IOException {
    try {
      unpacking.into(part);
    } catch (IOException | RuntimeException e) {
      delete(part); // half a program may be half a gigabyte
      throw e;
    }
  }

  /** Whether that folder is there, filled. */
  static boolean has(String name) {
    try {
      return Files.isDirectory(home().resolve(name));
    } catch (IOException e) {
      return false; // then a start says why
    }
  }

  private static void moveInto(Path part, Path folder) throws IOException {
    try {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) { // a plain one on Linux, whose rename(2) says ENOTEMPTY
      delete(part); // another process, or thread, was quicker
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** This user's folder. */
  static Path home() throws IOException {
    String user = System.getProperty("user.name");
    Path home = Path.of(System.getProperty("java.io.tmpdir"), "edge4j-engines-" + user);
    if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(home);
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    if (!Files.getOwner(home).getName().equals(user)) {
      throw new IOException(home + " belongs to " + Files.getOwner(home).getName() + " (expected: to " + user + ")");
    }
    return home;
  }

  /** A resource of an optional dependency; what is missing is said by its coordinates. */
  static InputStream resource(String name, String artifact) {
    InputStream found = Binaries.class.getClassLoader().getResourceAsStream(name);
    if (found == null) {
      throw new EngineException("no " + name + " on the class path (expected: the dependency " + artifact + ")", null);
    }
    return found;
  }

  /** Deletes a folder with all that is in it; what is not there is no error. */
  static void delete(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new EngineException(folder + " could not be deleted: " + e.getMessage(), e);
    }
  }
}
