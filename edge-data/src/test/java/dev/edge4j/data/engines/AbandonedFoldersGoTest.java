package dev.edge4j.data.engines;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The temporary folder of a program that was killed goes with the next one; never while its program or a server works in it. */
@Timeout(60)
class AbandonedFoldersGoTest {
  @Test
  void thoseOfProgramsThatWereKilled() throws Exception {
    Process program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), Holding.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    Path folder;
    try (var output = program.inputReader()) {
      folder = Path.of(String.valueOf(output.readLine()));
    }
    assertStays(folder, "its program runs");

    Process server = new ProcessBuilder("sleep", "60").directory(folder.toFile()).start();
    program.destroyForcibly().waitFor();
    assertStays(folder, "a server works in it");

    server.destroyForcibly().waitFor();
    EngineFolder.temporary("test").close();
    assertFalse(Files.exists(folder));
    assertFalse(Files.exists(lockOf(folder)));
  }

  private static void assertStays(Path folder, String because) {
    EngineFolder.temporary("test").close();
    assertTrue(Files.exists(folder.resolve("row")), because);
    assertTrue(Files.exists(lockOf(folder)), because);
  }

  @Test
  void thatOfThisProgramGoesWhenItIsClosed() {
    EngineFolder first = EngineFolder.temporary("test");
    EngineFolder second = EngineFolder.temporary("test");
    assertTrue(Files.exists(first.path()), "a program does not take its own for abandoned");
    first.close();
    second.close();
    assertFalse(Files.exists(first.path()));
    assertFalse(Files.exists(lockOf(first.path())));
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".lock");
  }

  /** A program that holds a folder until it is killed. */
  static final class Holding {
    private Holding() {}

    public static void main(String[] args) throws Exception {
      try (EngineFolder folder = EngineFolder.temporary("test")) {
        Files.writeString(folder.resolve("row"), "7");
        System.out.println(folder);
        Thread.sleep(Duration.ofMinutes(1));
      }
    }
  }
}
