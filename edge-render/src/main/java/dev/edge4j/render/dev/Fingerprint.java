package dev.edge4j.render.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What tells a folder from what it was: its files, their times and sizes. Looked at by stat, as watches of the system are few, and late on some. */
final class Fingerprint {
  /** What is known of a file without reading it. */
  private record Mark(FileTime changed, long size) {}

  private Fingerprint() {}

  /** That of these folders; a file that vanishes meanwhile is left out. */
  static Map<Path, ?> of(List<Path> folders) {
    Map<Path, Mark> marks = new HashMap<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder.toRealPath())) {
        files.forEach(file -> mark(file, marks));
      } catch (IOException | UncheckedIOException gone) {
        // It is being changed: the next look sees what came of it.
      }
    }
    return marks;
  }

  private static void mark(Path file, Map<Path, Mark> marks) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        marks.put(file, new Mark(attributes.lastModifiedTime(), attributes.size()));
      }
    } catch (IOException gone) {
      // as above
    }
  }
}
