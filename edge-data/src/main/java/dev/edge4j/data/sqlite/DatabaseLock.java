package dev.edge4j.data.sqlite;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One writing owner per file. The operating system's lock is on a file beside the database, because closing any descriptor of
 * the database itself would drop SQLite's own POSIX locks; it goes when the process dies, however it dies. Other programs may
 * still read the database.
 */
public final class DatabaseLock implements AutoCloseable {
  private final FileChannel channel;

  private DatabaseLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock of a file; throws {@link StoreException} with {@link Reason#BUSY} if it is taken. */
  public static DatabaseLock acquire(Path file) {
    Path path = file.resolveSibling(file.getFileName() + ".lock");
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "folder " + file.getParent() + " is not writable", e);
    }
    try {
      if (channel.tryLock() != null) {
        return new DatabaseLock(channel);
      }
      throw inUse(file, path, null, channel);
    } catch (OverlappingFileLockException e) {
      throw inUse(file, path, e, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new StoreException(Reason.FAILED, path + " cannot be locked: " + e.getMessage(), e);
    }
  }

  /** The lock file stays: to delete it would let two owners lock two files of one name. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "the lock cannot be released: " + e.getMessage(), e);
    }
  }

  private static StoreException inUse(Path file, Path lock, @Nullable Exception cause, FileChannel channel) {
    String who = cause == null ? "another process" : "this process";
    var error = new StoreException(Reason.BUSY, file + " is already open in " + who + " (lock: " + lock + ")");
    closeQuietly(channel, error);
    return error;
  }

  private static void closeQuietly(FileChannel channel, Exception reason) {
    try {
      channel.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
