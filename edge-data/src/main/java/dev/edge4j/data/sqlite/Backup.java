package dev.edge4j.data.sqlite;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** A copy of a database under another name, made beside it, brought to disk and then named. */
final class Backup {
  /** One at a time in a process: two to the same name would write the same part. */
  private static final ReentrantLock TURN = new ReentrantLock();

  private final Path file;
  private final Path target;

  Backup(Path file, Path target) {
    this.file = file;
    this.target = target.toAbsolutePath().normalize();
  }

  Path run(SqlConnection connection) throws SQLException {
    TURN.lock();
    try {
      Path folder = folder();
      Path part = folder.resolve(target.getFileName() + ".part");
      Path last = folder.resolve(target.getFileName());
      if (last.equals(file)) {
        throw new StoreException(Reason.FAILED, "backup into " + last
            + " (expected: another file than the database itself)");
      }
      Files.deleteIfExists(part);
      try {
        connection.update("VACUUM INTO ?", part.toString());
        force(part, StandardOpenOption.WRITE);
        Files.move(part, last, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      force(folder, StandardOpenOption.READ); // the new name
      return last;
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "backup into " + target + " failed: " + e, e);
    } finally {
      TURN.unlock();
    }
  }

  private Path folder() throws IOException {
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new StoreException(Reason.FAILED, "backup into " + target + ", which is a folder (expected: a file)");
    }
    Files.createDirectories(folder);
    return folder.toRealPath();
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
