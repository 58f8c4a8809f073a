package dev.edge4j.data.engines;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server keeps its data: a folder that stays, or a temporary one that goes with the server, or else with the next program that
 * makes one.
 *
 * <p>Beside each temporary folder lies a file of the same name that its program holds a lock on (fcntl, F_SETLK), which the system takes
 * back however the program ends: who gets the lock may delete the folder. Such a lock is also lost when its own program opens and
 * closes the file once more, so a program leaves those with its process id alone.
 */
final class EngineFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineFolder.class);
  private static final String LOCK = ".lock";
  /** Two threads that sweep would take each other's locks back. */
  private static final ReentrantLock SWEEPING = new ReentrantLock();

  private final Path path;
  private final Optional<FileChannel> lock;

  private EngineFolder(Path path, Optional<FileChannel> lock) {
    this.path = path;
    this.lock = lock;
  }

  /** A folder that stays, made if it is not there. */
  static EngineFolder kept(Path folder) {
    try {
      return new EngineFolder(Files.createDirectories(folder.toAbsolutePath()), Optional.empty());
    } catch (IOException e) {
      throw new EngineException("no folder " + folder + " for a server: " + e.getMessage(), e);
    }
  }

  /** A new temporary folder, after those of programs that are gone have been deleted. */
  static EngineFolder temporary(String engine) {
    try {
      Path all = Files.createDirectories(Binaries.home().resolve("running"));
      sweep(all);
      return create(all, engine + "-" + ProcessHandle.current().pid() + "-");
    } catch (IOException e) {
      throw new EngineException("no temporary folder for " + engine + ": " + e.getMessage(), e);
    }
  }

  /** The file has its name once it is locked: before, a sweep would take it for an old one. */
  private static EngineFolder create(Path all, String prefix) throws IOException {
    Path file = Files.createTempFile(all, prefix, ".new");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      channel.lock();
      String name = file.getFileName().toString().replace(".new", "");
      Files.move(file, all.resolve(name + LOCK), StandardCopyOption.ATOMIC_MOVE);
      return new EngineFolder(Files.createDirectory(all.resolve(name)), Optional.of(channel));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Deletes what programs that are gone have left in that folder, unless a server of theirs still works in it. */
  static void sweep(Path all) throws IOException {
    String own = "-" + ProcessHandle.current().pid() + "-";
    SWEEPING.lock();
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(all, "*" + LOCK)) {
      for (Path file : locks) {
        if (!file.getFileName().toString().contains(own)) {
          deleteIfLeft(file);
        }
      }
    } finally {
      SWEEPING.unlock();
    }
  }

  private static void deleteIfLeft(Path file) {
    Path folder = folderOf(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock taken = channel.tryLock()) {
      if (taken != null && !Occupants.areIn(folder)) {
        Binaries.delete(folder);
        Files.deleteIfExists(file);
      }
    } catch (IOException | EngineException e) {
      LOG.debug("what {} belongs to stays for now", file, e);
    }
  }

  private static Path folderOf(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** Deletes it with all that is in it, if it is a temporary one. */
  @Override
  public void close() {
    if (lock.isPresent()) {
      Binaries.delete(path);
      try {
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + LOCK));
        lock.get().close();
      } catch (IOException e) {
        throw new EngineException("the lock of " + path + " could not be deleted: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
