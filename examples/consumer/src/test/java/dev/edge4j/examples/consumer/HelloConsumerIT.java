package dev.edge4j.examples.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** examples/hello builds against the installed artifacts, and runs on the class path and on the module path. */
class HelloConsumerIT {
  /**
   * The article's limit for a bundle at the edge, which holds what a program uses, and not the platform that serves it: the classes of edge-core
   * that it loads, but for the server.
   */
  private static final long MAX_BUNDLE_BYTES = 500_000;

  /** All that there is: the platform with three protocols and TLS, and every middleware, whether a program uses it or not. */
  private static final long MAX_CORE_BYTES = 2_000_000;

  private static final Path HOUSE = Path.of(System.getProperty("edge4j.house", "."));
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path HELLO = TARGET.resolve("hello");
  private static final Path REPOSITORY = TARGET.resolve("repository");
  private static final String VERSION = System.getProperty("edge4j.version", "");

  @BeforeAll
  static void buildAsAUserWould() throws IOException, InterruptedException {
    copy(HOUSE.resolve("examples/hello"), HELLO);
    install("edge4j-parent", HOUSE, "pom");
    install("edge-bom", HOUSE.resolve("edge-bom"), "pom");
    install("edge-core", HOUSE.resolve("edge-core"), "pom");
    install("edge-core", HOUSE.resolve("edge-core"), "jar");
    Path settings = Files.writeString(TARGET.resolve("settings.xml"), settings());
    String maven = Path.of(System.getProperty("edge4j.maven.home", ""), "bin", "mvn").toString();
    run(HELLO, List.of(maven, "-B", "-q", "-s", settings.toString(), "-Dmaven.repo.local=" + REPOSITORY,
        "-f", HELLO.resolve("pom.xml").toString(), "package"));
  }

  @Test
  void runsOnTheClassPath() throws IOException, InterruptedException {
    String classPath = HELLO.resolve("target/classes") + File.pathSeparator + HELLO.resolve("target/lib") + "/*";
    assertAnswered(run(HELLO, List.of(java(), "-cp", classPath, "hello.Hello")));
  }

  @Test
  void runsOnTheModulePath() throws IOException, InterruptedException {
    String modulePath = HELLO.resolve("target/classes") + File.pathSeparator + HELLO.resolve("target/lib");
    assertAnswered(run(HELLO, List.of(java(), "-p", modulePath, "-m", "hello/hello.Hello")));
  }

  @Test
  void edgeCoreStaysUnderTheArticlesBundleLimit() throws IOException, InterruptedException {
    List<Path> jars;
    try (Stream<Path> lib = Files.list(HELLO.resolve("target/lib"))) {
      jars = lib.sorted().toList();
    }
    long total = 0;
    System.out.println("Runtime closure of examples/hello:");
    for (Path jar : jars) {
      total += Files.size(jar);
      System.out.printf("  %,11d bytes  %s%n", Files.size(jar), jar.getFileName());
    }
    System.out.printf("  %,11d bytes  in %d jars%n", total, jars.size());
    Path core = jars.stream().filter(jar -> name(jar).startsWith("edge-core-")).findFirst().orElseThrow();
    long bundle = used(core);
    System.out.printf("edge-core: %,d bytes (limit %,d), used but for the server %,d (limit %,d)%n", Files.size(core),
        MAX_CORE_BYTES, bundle, MAX_BUNDLE_BYTES);
    assertTrue(Files.size(core) < MAX_CORE_BYTES, "edge-core has grown over its limit");
    assertTrue(bundle < MAX_BUNDLE_BYTES, "what a small program uses of edge-core has grown over its limit");
    assertTrue(jars.stream().noneMatch(jar -> name(jar).startsWith("jjwt")), "optional libraries must not come along");
  }

  /** Compressed, as the classes lie in the jar. */
  private static long used(Path jar) throws IOException, InterruptedException {
    Path log = TARGET.resolve("loaded.log");
    String classPath = HELLO.resolve("target/classes") + File.pathSeparator + HELLO.resolve("target/lib") + "/*";
    assertAnswered(run(HELLO, List.of(java(), "-Xlog:class+load:file=" + log, "-cp", classPath, "hello.Hello")));
    Set<String> loaded = Files.readAllLines(log)
        .stream()
        .flatMap(line -> Stream.of(line.split(" ")))
        .filter(word -> word.startsWith("dev.edge4j.") && !word.startsWith("dev.edge4j.server."))
        .map(word -> word.replace('.', '/') + ".class")
        .collect(Collectors.toSet());
    try (var open = new JarFile(jar.toFile())) {
      List<JarEntry> used = open.stream().filter(entry -> loaded.contains(entry.getName())).toList();
      assertTrue(used.size() > 50, () -> "classes found: " + used.size());
      return used.stream().mapToLong(JarEntry::getCompressedSize).sum();
    }
  }

  private static void assertAnswered(String output) {
    assertEquals("200 {\"text\":\"Hello, edge\"}", output.lines()
        .filter(line -> line.startsWith("200 "))
        .findFirst()
        .orElse(output));
  }

  private static String name(Path jar) {
    return String.valueOf(jar.getFileName());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Everything but our own artifacts comes from the repository this build itself uses, where it lies already. */
  private static String settings() {
    String ours = Path.of(System.getProperty("edge4j.local.repository", "")).toUri().toString();
    return """
        <settings>
          <profiles>
            <profile>
              <id>here</id>
              <repositories><repository><id>here</id><url>%1$s</url></repository></repositories>
              <pluginRepositories><pluginRepository><id>here</id><url>%1$s</url></pluginRepository></pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
        </settings>
        """.formatted(ours);
  }

  /**
   * As {@code install:install-file} would do it, which Maven takes for a goal of the whole reactor: beside it, other modules lose the class path
   * of their tests.
   */
  private static void install(String artifact, Path module, String type) throws IOException {
    String name = artifact + "-" + VERSION + "." + type;
    Path file = type.equals("pom") ? module.resolve("pom.xml") : module.resolve("target").resolve(name);
    Path folder = Files.createDirectories(REPOSITORY.resolve("dev/edge4j").resolve(artifact).resolve(VERSION));
    Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).filter(f -> !f.startsWith(from.resolve("target"))).toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(file));
      }
    }
  }

  private static String run(Path folder, List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(TARGET, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    // A user's Maven runs on the default Java, not on the JDK that the build has chosen for its tests.
    builder.environment().remove("JAVA_HOME");
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    assertTrue(ended && process.exitValue() == 0, () -> String.join(" ", command) + "\n" + output);
    return output;
  }
}
