package dev.edge4j.render.asset;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Reads all files of a folder, by their path in it. Passed over: names that begin with a dot, at any depth; symbolic links in it; and what was compressed beforehand
 * ({@code app.css.br} beside {@code app.css}), for nobody knows whether it still is the same.
 */
final class AssetFolder {
  /** What is larger belongs on a disk: {@link dev.edge4j.middleware.files.StaticFiles} sends it from there. */
  private static final long MAX_BYTES = 256L << 20;

  private final Map<String, byte[]> files = new TreeMap<>();
  private final String name;
  private long bytes;

  private AssetFolder(String name) {
    this.name = name;
  }

  /** The files of a folder on disk. */
  static Map<String, byte[]> onDisk(Path folder) {
    var reader = new AssetFolder(folder.toString());
    try {
      reader.readDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the assets of " + folder, e);
    }
    return reader.found();
  }

  /** The files of a folder as a class loader sees it; a name found twice counts where it comes first, as for any resource. */
  static Map<String, byte[]> onClassPath(ClassLoader loader, String folder) {
    var reader = new AssetFolder(folder);
    try {
      for (URL url : Collections.list(loader.getResources(folder))) {
        if (url.openConnection() instanceof JarURLConnection connection) {
          reader.readJar(connection);
        } else {
          reader.readDirectory(Path.of(URI.create(url.toString())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the assets of class path folder " + folder, e);
    }
    return reader.found();
  }

  private Map<String, byte[]> found() {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no assets in \"" + name + "\" (expected: a folder with files)");
    }
    files.keySet().removeIf(this::isCodedForm);
    return files;
  }

  private boolean isCodedForm(String path) {
    return Stream.of(".br", ".zst", ".gz")
        .anyMatch(ending -> path.endsWith(ending) && files.containsKey(path.substring(0, path.length() - ending
            .length())));
  }

  private void readDirectory(Path named) throws IOException {
    Path folder = named.toRealPath(); // it may be a link itself, as where deployments change places
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) found.filter(each -> Files.isRegularFile(each,
          LinkOption.NOFOLLOW_LINKS))::iterator) {
        add(folder.relativize(file).toString().replace(File.separatorChar, '/'), Files.newInputStream(file));
      }
    }
  }

  private void readJar(JarURLConnection connection) throws IOException {
    connection.setUseCaches(false); // a cached JarFile is shared, and closing it would close it for others
    String entryName = connection.getEntryName();
    String folder = entryName.endsWith("/") ? entryName : entryName + "/";
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
          add(entry.getName().substring(folder.length()), jar.getInputStream(entry));
        }
      }
    }
  }

  private void add(String path, InputStream content) throws IOException {
    try (content) {
      if (path.startsWith(".") || path.contains("/.") || files.containsKey(path)) {
        return;
      }
      byte[] read = content.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, MAX_BYTES - bytes + 1));
      bytes += read.length;
      if (bytes > MAX_BYTES) {
        throw new IllegalArgumentException("assets of \"" + name + "\": more than " + (MAX_BYTES >> 20)
            + " MiB (expected: what fits into memory; StaticFiles serves large files from the disk)");
      }
      files.put(path, read);
    }
  }
}
