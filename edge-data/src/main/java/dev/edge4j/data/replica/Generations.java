package dev.edge4j.data.replica;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of one replica: {@code catalog.db.1}, {@code catalog.db.2} and so on, each a whole copy. A new one gets its name when it is
 * complete and on disk, so the highest number is what counts after a crash. Files do not take each other's place, because SQLite finds a
 * database's write-ahead log by name: who still reads the old file would read, or delete, the log of the new one.
 */
final class Generations {
  private static final String BUILDING = ".building";

  private final Path base;

  Generations(Path base) {
    this.base = base.toAbsolutePath().normalize();
  }

  Path base() {
    return base;
  }

  /** The newest complete file, if there is one. */
  Optional<Path> newest() throws IOException {
    long highest = highest();
    return highest == 0 ? Optional.empty() : Optional.of(numbered(highest));
  }

  /** Where the next one is built. */
  Path next() throws IOException {
    Path building = base.resolveSibling(base.getFileName() + "." + (highest() + 1) + BUILDING);
    delete(building);
    return building;
  }

  /** Gives a complete file its name, durably. */
  Path complete(Path building) throws IOException {
    String name = building.getFileName().toString();
    sync(building);
    Path file = Files.move(building, building.resolveSibling(name.substring(0, name.length() - BUILDING.length())),
        StandardCopyOption.ATOMIC_MOVE);
    syncFolder(file);
    return file;
  }

  /** Deletes all but one: older ones, and what a crash has left half built. */
  void keepOnly(Optional<Path> file) throws IOException {
    for (Path other : all()) {
      if (!file.equals(Optional.of(other))) {
        delete(other);
      }
    }
  }

  /** Deletes a file with its log and its index of the log. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-wal"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-journal"));
  }

  /** Not for a database that is open: to close any descriptor of it drops SQLite's locks. Its log has none. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** A new name is durable once its folder is. */
  static void syncFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && System.getProperty("os.name").startsWith("Linux")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Path numbered(long number) {
    return base.resolveSibling(base.getFileName() + "." + number);
  }

  private long highest() throws IOException {
    return all().stream().mapToLong(this::number).max().orElse(0);
  }

  /** The number of a complete file, else zero. */
  private long number(Path file) {
    String suffix = file.getFileName().toString().substring(base.getFileName().toString().length() + 1);
    return suffix.matches("[1-9][0-9]{0,17}") ? Long.parseLong(suffix) : 0;
  }

  /** All files of this replica, half built ones too, without the logs that belong to them. */
  private List<Path> all() throws IOException {
    String prefix = base.getFileName() + ".";
    Path folder = base.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> {
        String name = file.getFileName().toString();
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("[1-9][0-9]{0,17}(\\.building)?");
      }).toList();
    }
  }
}
