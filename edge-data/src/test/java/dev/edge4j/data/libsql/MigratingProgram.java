package dev.edge4j.data.libsql;

import dev.edge4j.data.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program of its own that brings a database up to the newest migration once it is told to. */
final class MigratingProgram {
  private MigratingProgram() {}

  static Process start(String url, String... scripts) throws IOException {
    var line = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), MigratingProgram.class.getName(), url));
    line.addAll(List.of(scripts));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] args) throws IOException {
    try (LibsqlStore store = LibsqlStore.of(args[0])) {
      store.query(Long.class, "SELECT 1"); // connected, so that both begin at once
      System.out.println("ready");
      System.out.flush();
      if (System.in.read() >= 0) {
        store.migrate(Migrations.of(List.of(args).subList(1, args.length).toArray(String[]::new)));
      }
    }
  }
}
