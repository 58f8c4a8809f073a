package dev.edge4j.data.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs that start at once on a fresh machine share one folder; nobody sees half of it, and no part is left behind. */
@Timeout(60)
class ProgramsAreUnpackedOnceTest {
  private final String name = "test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();

  @AfterEach
  void clean() throws IOException {
    for (Path each : mine()) {
      Binaries.delete(each);
    }
  }

  @Test
  void fourThatUnpackAtOnceShareOne() throws Exception {
    var together = new CyclicBarrier(4);
    List<CompletableFuture<Path>> all = IntStream.range(0, 4).mapToObj(_ -> CompletableFuture.supplyAsync(() -> {
      return Binaries.folder(name, folder -> {
        Files.writeString(folder.resolve("program"), "whole");
        await(together);
      });
    }, task -> Thread.ofVirtual().start(task))).toList();
    Path home = Binaries.home().resolve(name);
    for (CompletableFuture<Path> each : all) {
      assertEquals(home, each.get(30, TimeUnit.SECONDS));
    }
    assertEquals("whole", Files.readString(home.resolve("program")));
    assertEquals(List.of(home), mine());
  }

  @Test
  void whatCouldNotBeUnpackedLeavesNothing() throws Exception {
    assertThrows(EngineException.class, () -> Binaries.folder(name, folder -> {
      Files.writeString(folder.resolve("program"), "half");
      throw new IOException("the disk is full");
    }));
    assertFalse(Binaries.has(name));
    assertTrue(mine().isEmpty());
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> mine() throws IOException {
    try (Stream<Path> all = Files.list(Binaries.home())) {
      return all.filter(path -> path.getFileName().toString().startsWith(name)).toList();
    }
  }
}
