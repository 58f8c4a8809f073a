package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop that cannot start says why in one line, ends with 1, and leaves everything as it found it. */
@Aside
class WhatKeepsItFromStartingIsOneLineTest {
  @TempDir private Path folder;

  private record Ended(int code, String out, String error) {}

  @Test
  void aPortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefused(run("--port=" + taken.getLocalPort(), "--products=50", "--data=" + folder), String.valueOf(taken
          .getLocalPort()));
    }
  }

  @Test
  void aHostThatIsNotThere() throws Exception {
    assertRefused(run("--host=no-such-host.invalid", "--port=0", "--products=50", "--data=" + folder),
        "no-such-host.invalid:0: there is no host of that name");
  }

  @Test
  void aFolderThatCannotBeMade() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    assertRefused(run("--data=" + file.resolve("data")), file.toString());
    assertEquals("not a folder", Files.readString(file));
  }

  @Test
  void aFileThatIsNoDatabase() throws Exception {
    byte[] content = "this is no database, and nobody may overwrite it. ".repeat(100).getBytes(StandardCharsets.UTF_8);
    for (String name : List.of("catalog.db", "origin.db", "kv.db", "events.db")) {
      Path data = Files.createDirectory(folder.resolve(name + ".d"));
      Path file = Files.write(data.resolve(name), content);
      assertRefused(run("--port=0", "--products=50", "--data=" + data), name);
      assertArrayEquals(content, Files.readAllBytes(file));
    }
  }

  @Test
  void anOptionThatIsWrongOrUnknown() throws Exception {
    assertRefused(run("--port=99999", "--data=" + folder), "port");
    assertRefused(run("--products=0", "--data=" + folder), "products");
    assertRefused(run("--prot=1", "--data=" + folder), "--port");
  }

  private static void assertRefused(Ended ended, String named) {
    assertEquals(1, ended.code(), ended::error);
    assertEquals(1, ended.error().strip().lines().count(), ended::error);
    assertTrue(ended.error().startsWith("The shop cannot start: "), ended::error);
    assertTrue(ended.error().contains(named), ended::error);
    assertTrue(ended.out().lines().noneMatch(line -> line.startsWith("Shop: ")), ended::out);
  }

  private Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty(
            "java.class.path"), Shop.class.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "shop", ".out");
    Path error = Files.createTempFile(folder, "shop", ".error");
    Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(error.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it did not end: " + Files.readString(out));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(error));
  }
}
