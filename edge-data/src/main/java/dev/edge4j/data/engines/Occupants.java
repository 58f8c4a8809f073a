package dev.edge4j.data.engines;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The processes that work in a folder, as {@code /proc} tells it: those whose current directory is there. Other users' are seen by root alone. */
final class Occupants {
  private static final Path PROCESSES = Path.of("/proc");

  private Occupants() {}

  /** Whether there is one, in the folder itself or below. A process that has ended and that nobody has asked about is none. */
  static boolean areIn(Path folder) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      Path place = folder.toRealPath();
      for (Path process : all) {
        if (isIn(place, process)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // no such folder
    }
  }

  private static boolean isIn(Path place, Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(place);
    } catch (IOException e) {
      return false; // it has ended, or is none of ours
    }
  }

  /** Waits until there is none; not longer than that. */
  static void awaitNone(Path folder, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (areIn(folder) && System.nanoTime() < end) {
      EngineProcess.pause();
    }
  }
}
