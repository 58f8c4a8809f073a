package dev.edge4j.render.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.http.MediaType;
import dev.edge4j.http.MediaTypes;
import dev.edge4j.middleware.compression.Compressible;
import dev.edge4j.middleware.compression.ContentCoding;
import dev.edge4j.render.asset.Codings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folder of an export, and nothing outside of it: no name and no symbolic link in it leads out. */
final class TargetFolder {
  /** Lists what an export has written, so that the next one may replace that and nothing else. */
  static final String MARKER = ".edge4j-export";

  private static final Map<String, String> ENDINGS = Map.of("br", ".br", "zstd", ".zst", "gzip", ".gz");
  private static final int LEAST_BYTES = 256;

  private final Path root;
  private final List<ContentCoding> codings = Codings.best();
  private final SortedSet<String> written = new TreeSet<>();

  private TargetFolder(Path root) {
    this.root = root;
  }

  /** Makes the folder if there is none; {@link IllegalArgumentException} if it holds what no export has written. */
  static TargetFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path root = folder.toRealPath();
    try (Stream<Path> inside = Files.list(root)) {
      if (inside.findAny().isPresent() && !Files.isRegularFile(root.resolve(MARKER), LinkOption.NOFOLLOW_LINKS)) {
        throw new IllegalArgumentException("folder of an export: " + folder
            + " holds other files (expected: an empty one, or one of an earlier export)");
      }
    }
    return new TargetFolder(root);
  }

  /** Removes what the last export wrote and writes these files, with their compressed forms; {@link IOException}, and all is as it was, if one has the name of another's folder. */
  void replace(SortedMap<String, byte[]> files) throws IOException {
    for (String name : files.keySet()) {
      for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
        if (files.containsKey(name.substring(0, slash))) {
          throw new IOException("files of an export: \"" + name.substring(0, slash)
              + "\" is a file, and the folder of \"" + name
              + "\" (expected: one of them elsewhere)");
        }
      }
    }
    Path marker = root.resolve(MARKER);
    if (Files.exists(marker)) {
      for (String before : Files.readAllLines(marker, UTF_8)) {
        Files.deleteIfExists(inside(before));
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      write(file.getKey(), file.getValue());
      compress(file.getKey(), file.getValue());
    }
    Files.writeString(marker, String.join("\n", written) + "\n", UTF_8);
  }

  private void compress(String name, byte[] bytes) throws IOException {
    boolean gains = Compressible.test(MediaType.essence(MediaTypes.ofName(name))) && !name.startsWith("_");
    for (ContentCoding coding : gains && bytes.length >= LEAST_BYTES ? codings : List.<ContentCoding>of()) {
      byte[] coded = Codings.encode(coding, bytes);
      if (coded.length < bytes.length) {
        write(name + ENDINGS.getOrDefault(coding.name(), "." + coding.name()), coded);
      }
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = inside(name);
    Path folder = above(file);
    Files.createDirectories(folder);
    if (!folder.toRealPath().startsWith(root) || Files.isSymbolicLink(file)) {
      throw new IOException("file of an export: \"" + name
          + "\" lies behind a symbolic link (expected: in the folder)");
    }
    Files.write(file, bytes);
    written.add(name);
  }

  /** A name from a list of names may be anything. A folder in it that is a link would be followed, so each is looked at before anything is made or removed. */
  private Path inside(String name) throws IOException {
    Path file = root.resolve(name).normalize();
    boolean leaves = !file.startsWith(root) || file.equals(root);
    for (Path folder = above(file); !leaves && !folder.equals(root); folder = above(folder)) {
      leaves = Files.isSymbolicLink(folder);
    }
    if (leaves) {
      throw new IOException("file of an export: \"" + name
          + "\" (expected: a name in the folder, and no symbolic link on the way)");
    }
    return file;
  }

  /** The folder of what lies in one. */
  private static Path above(Path file) {
    return file.resolveSibling("");
  }
}
