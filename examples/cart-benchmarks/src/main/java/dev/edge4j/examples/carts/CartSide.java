package dev.edge4j.examples.carts;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link CartProcess} seen from the driver. */
final class CartSide implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final BufferedReader out;

  /** Starts it on a folder, which it makes or goes on with, and waits until it is ready. */
  CartSide(Subject subject, Path folder) throws IOException {
    Files.createDirectories(folder);
    this.folder = folder;
    this.process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
        .toString(), "-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", System.getProperty("java.class.path"), CartProcess.class
            .getName(), subject.kind(), folder.toString(), "" + subject.files())).redirectError(
                ProcessBuilder.Redirect.INHERIT).start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
    answer();
  }

  Round call(long millis) throws IOException {
    return Round.of(ask("" + millis));
  }

  String check() throws IOException {
    return ask("check");
  }

  /** Has it called until so many more calls are acknowledged, and kills it meanwhile. */
  void callAndKill(long calls) throws IOException, InterruptedException {
    Acknowledged acknowledged = Acknowledged.in(folder);
    long enough = acknowledged.sum() + calls;
    tell("600000");
    while (acknowledged.sum() < enough) {
      if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IOException("a process of carts has ended");
      }
    }
    process.destroyForcibly().waitFor();
  }

  private void tell(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  private String ask(String line) throws IOException {
    tell(line);
    return answer();
  }

  private String answer() throws IOException {
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("a process of carts has ended");
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
