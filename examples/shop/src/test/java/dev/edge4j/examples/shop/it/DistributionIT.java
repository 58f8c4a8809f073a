package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The zip of profile "dist", unpacked somewhere else, runs, and its ahead-of-time cache is used. */
@Timeout(120)
class DistributionIT {
  private static final Path ZIP = Path.of("target", "edge4j-shop.zip");

  @TempDir private Path folder;

  @Test
  void theUnpackedZipRunsWithItsCache() throws Exception {
    unpack();
    Path script = folder.resolve("edge4j-shop/bin/shop");
    assertTrue(Files.size(folder.resolve("edge4j-shop/lib/shop.aot")) > 1_000_000);
    List<String> line = List.of("/usr/bin/env", "JAVA_HOME=" + System.getProperty("java.home"),
        "JAVA_OPTS=-XX:AOTMode=on -Xmx256m", "/bin/sh", script.toString(), "--port=0", "--products=200", "--data="
            + folder.resolve("data"));
    try (ShopProcess shop = ShopProcess.start(line); HttpClient client = HttpClient.newHttpClient()) {
      assertEquals(200, client.send(HttpRequest.newBuilder(shop.at("/")).build(), BodyHandlers.discarding())
          .statusCode());
      shop.stop();
      assertTrue(!shop.output().contains("WARNING"), shop.output());
    }
  }

  private void unpack() throws IOException {
    try (var zip = new ZipFile(ZIP.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
        ZipEntry entry = entries.nextElement();
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.resolveSibling("."));
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, target);
        }
        Files.setLastModifiedTime(target, entry.getLastModifiedTime());
      }
    }
  }
}
