package dev.edge4j.state.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Folders that are still there after a power cut. */
final class Folders {
  private Folders() {}

  /** Makes a folder and those above it; each new name is on disk before anything is put in it. */
  static void make(@Nullable Path folder) {
    if (folder == null || Files.isDirectory(folder)) {
      return;
    }
    Path above = folder.getParent();
    make(above);
    try {
      Files.createDirectories(folder);
      if (above != null) {
        try (FileChannel channel = FileChannel.open(above, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("folder " + folder + " cannot be made: " + e.getMessage(), e);
    }
  }
}
