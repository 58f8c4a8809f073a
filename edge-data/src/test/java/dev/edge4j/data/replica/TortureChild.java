package dev.edge4j.data.replica;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that does nothing but follow, until it is killed. */
final class TortureChild {
  private TortureChild() {}

  static Process start(String url, Path file) throws IOException {
    return start(url, file, "");
  }

  /** With classes that take the place of ours. */
  static Process start(String url, Path file, Path mutants) throws IOException {
    return start(url, file, mutants + File.pathSeparator);
  }

  private static Process start(String url, Path file, String first) throws IOException {
    return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-cp", first + System.getProperty(
            "java.class.path"), TortureChild.class.getName(), url, file.toString())).redirectOutput(
                ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] args) throws IOException {
    try (SqliteReplica replica = SqliteReplica.of(args[0])
        .tables("items", "pairs", "beats")
        .app("torture")
        .node("child")
        .durable()
        .tuning(Tuning.DEFAULT.withConfirm(Duration.ofMillis(50)).withBackoff(Duration.ofMillis(20)))
        .into(Path.of(args[1]))) {
      int end = System.in.read(); // which comes when the parent has gone
      System.exit(end < 0 ? 0 : replica.status().hashCode() & 1);
    }
  }
}
