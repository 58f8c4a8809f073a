package dev.edge4j.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Reads the sources of all templates of a folder, by name without extension. Used at start only. */
final class TemplateFolder {
  static final String EXTENSION = ".mustache";

  private TemplateFolder() {}

  static Map<String, String> onDisk(Path folder) {
    Map<String, String> sources = new TreeMap<>();
    try {
      readDirectory(folder, sources);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the templates of " + folder, e);
    }
    return sources;
  }

  /**
   * A folder may be in several places of the class path: a name found twice counts where it comes first, as for any resource.
   * A jar must have entries for its directories, as jar tools write them.
   */
  static Map<String, String> onClassPath(ClassLoader loader, String folder) {
    Map<String, String> sources = new TreeMap<>();
    try {
      for (URL url : Collections.list(loader.getResources(folder))) {
        if (url.openConnection() instanceof JarURLConnection connection) {
          readJar(connection, sources);
        } else {
          readDirectory(Path.of(URI.create(url.toString())), sources);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the templates of class path folder " + folder, e);
    }
    return sources;
  }

  private static void readDirectory(Path named, Map<String, String> sources) throws IOException {
    Path folder = named.toRealPath(); // it may be a link itself, as where deployments change places
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (path.endsWith(EXTENSION)) {
          sources.putIfAbsent(name(path), Files.readString(file));
        }
      }
    }
  }

  private static void readJar(JarURLConnection connection, Map<String, String> sources) throws IOException {
    connection.setUseCaches(false); // a cached JarFile is shared, and closing it would close it for others
    String entryName = connection.getEntryName();
    String folder = entryName.endsWith("/") ? entryName : entryName + "/";
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(folder) && entry.getName().endsWith(EXTENSION)) {
          try (InputStream in = jar.getInputStream(entry)) {
            sources.putIfAbsent(name(entry.getName().substring(folder.length())), new String(in.readAllBytes(), UTF_8));
          }
        }
      }
    }
  }

  private static String name(String path) {
    return path.substring(0, path.length() - EXTENSION.length());
  }
}
