package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Caches that are no Java: how they are started, with the configurations of {@code src/main/caches}. Their files are in memory, until this is closed. */
final class NativeCache implements AutoCloseable {
  private static final Path SOURCES = Path.of("src", "main", "caches");
  private static final Path MEMORY = Path.of("/dev/shm");

  private final List<Path> homes = new CopyOnWriteArrayList<>();

  /** Those who can take part: a line says who is not installed. */
  static List<Subject> installed(List<Subject> subjects) {
    return subjects.stream().filter(subject -> {
      boolean there = !subject.isNative() || Tools.isThere(subject.main());
      if (!there) {
        System.err.println("Without " + subject.title() + ": there is no " + subject.main() + " on the path");
      }
      return there;
    }).toList();
  }

  /** The command that starts it, in the foreground. */
  List<String> command(Subject subject, int port, int origin) throws IOException {
    Path home = Files.createTempDirectory(Files.isDirectory(MEMORY) ? MEMORY
        : Path.of(System.getProperty(
            "java.io.tmpdir")), "edge4j-bench-");
    homes.add(home);
    Path configuration = Files.writeString(home.resolve(subject.mode()), Files.readString(SOURCES.resolve(subject
        .mode()))
        .replace("@PORT@", "" + port)
        .replace("@ORIGIN@", "" + origin)
        .replace("@HOME@", home.toString()));
    return subject.main().equals("nginx")
        ? List.of("nginx", "-p", home.toString(), "-c", configuration.toString())
        : List.of("varnishd", "-F", "-j", "none", "-n", home.resolve("work").toString(), "-f", configuration.toString(),
            "-a", "127.0.0.1:" + port, "-s", "malloc,64m", "-p", "thread_pools=1", "-p", "thread_pool_min=80");
  }

  @Override
  public void close() {
    for (Path home : homes) {
      try (Stream<Path> all = Files.walk(home)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        System.err.println("Left behind: " + home + ", " + e.getMessage());
      }
    }
    homes.clear();
  }
}
