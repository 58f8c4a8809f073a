package dev.edge4j.data.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Another process on the same files, to be killed in the middle of its work. */
final class Child {
  private Child() {}

  /** Starts a main class and kills it with SIGKILL once something has come true; false if it had ended before. */
  static boolean killWhen(BooleanSupplier reached, Class<?> main, Object... args) throws IOException,
      InterruptedException {
    var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), main.getName()));
    for (Object arg : args) {
      line.add(arg.toString());
    }
    Process process = new ProcessBuilder(line).inheritIO().start();
    boolean killed = false;
    while (process.isAlive() && !killed) {
      if (reached.getAsBoolean()) {
        process.destroyForcibly();
        killed = true;
      } else {
        Thread.sleep(1); // between two looks at the file
      }
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("still there: " + process);
    }
    return killed;
  }
}
