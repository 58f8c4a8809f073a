package dev.edge4j.examples.shop.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A finished run of a program.
 *
 * @param exitCode what it ended with
 * @param out all of its standard output
 * @param err all of its standard error
 */
record Command(int exitCode, String out, String err) {
  private static final long SECONDS = 60;

  /** Runs a program to its end, which has to come within a minute. */
  static Command run(List<String> line) throws InterruptedException {
    try {
      Path out = Files.createTempFile("command", ".out");
      Path err = Files.createTempFile("command", ".err");
      try {
        return run(line, out, err);
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Command run(List<String> line, Path out, Path err) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + SECONDS + " s: " + line + "\n" + Files.readString(out)
            + Files.readString(err));
      }
      return new Command(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }
}
