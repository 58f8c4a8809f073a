package dev.edge4j.examples.benchmarks.driver;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/**
 * The driver's own class path, of which each server gets what it needs. Folders are made jars: an ahead-of-time cache takes no
 * folders, and nobody runs them.
 */
record ClassPath(List<Path> jars, boolean epoll) {
  private static final Pattern COMMON = Pattern.compile("/edge4j-benchmarks|/tools/jackson/|/jackson-annotations/"
      + "|/com/github/spullara/|/org/slf4j/|/com/google/code/findbugs/");
  private static final Pattern EPOLL = Pattern.compile("/netty-transport-(classes|native)-epoll/");

  static ClassPath of(Path target, String transport) throws IOException {
    var jars = new ArrayList<Path>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      jars.add(Files.isDirectory(path) ? jar(target, path) : path);
    }
    return new ClassPath(jars, transport.equals("epoll"));
  }

  /** What the server is started with. */
  String of(Subject subject) {
    return needed(subject).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** How many jars that are, and how large. */
  String size(Subject subject) throws IOException {
    long bytes = 0;
    for (Path jar : needed(subject)) {
      bytes += Files.size(jar);
    }
    return "%d / %.1f MB".formatted(needed(subject).size(), bytes / 1e6);
  }

  /** Jooby and Vert.x take epoll where they find it, so they find it only if it is asked for. */
  private List<Path> needed(Subject subject) {
    boolean onNetty = subject.jars().matcher("/netty-transport/").find();
    return jars.stream().filter(jar -> {
      String path = jar.toString();
      return COMMON.matcher(path).find() || subject.jars().matcher(path).find()
          || (epoll && onNetty && EPOLL.matcher(path).find());
    }).toList();
  }

  /** {@code .../edge-core/target/classes} becomes {@code edge-core.jar}. */
  private static Path jar(Path target, Path folder) throws IOException {
    Path path = folder.toAbsolutePath().normalize();
    String module = path.getName(path.getNameCount() - 3).toString();
    String name = module.equals("benchmarks") ? "edge4j-benchmarks" : module;
    Path jar = Files.createDirectories(target.resolve("jars")).resolve(name + ".jar").toAbsolutePath();
    int result = ToolProvider.findFirst("jar")
        .orElseThrow(() -> new IllegalStateException("a Java without jar (expected: a JDK)"))
        .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", folder.toString(), ".");
    if (result != 0) {
      throw new IOException("no jar could be made of " + folder);
    }
    return jar;
  }
}
