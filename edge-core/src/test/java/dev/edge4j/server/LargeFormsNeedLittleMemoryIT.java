package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.support.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with 64 MB of heap, and as much outside of it, takes a form of 300 MB; a listener that stops reading holds no more than its buffers. */
class LargeFormsNeedLittleMemoryIT {
  private static final long SIZE = 300_000_000;
  private static final long PEAK_KILOBYTES = 250_000;
  /** What the kernel may hold of a connection on both sides, and 64 KiB. */
  private static final long BUFFERS = 12_000_000;

  @TempDir private Path folder;
  private ChildJvm server;

  @BeforeEach
  void start() throws IOException {
    server = ChildJvm.start(UploadServer.class, "-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-Dfolder=" + folder);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String get(String path) throws IOException, InterruptedException {
    return Curl.run("http://127.0.0.1:" + server.port() + path).output();
  }

  private Path file(String name, long size) throws IOException {
    Path path = folder.resolve(name);
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    }
    return path;
  }

  private String upload(Path file, String protocol, String path) throws IOException, InterruptedException {
    return Curl.run(protocol, "--form", "file=@" + file, "http://127.0.0.1:" + server.port() + path).output();
  }

  @Test
  void threeHundredMegabytes() throws IOException, InterruptedException {
    Path large = file("large.bin", SIZE);
    Path third = file("third.bin", SIZE / 3);
    assertEquals("" + SIZE, upload(large, "--http1.1", "/streamed"));
    assertEquals("" + SIZE / 3, upload(third, "--http2-prior-knowledge", "/kept"));
    long peak = Long.parseLong(get("/peak"));
    System.out.println("a form of 300 MB in a heap of 64 MB, and one of 100 MB kept on disk: peak resident size " + peak
        / 1024 + " MiB");
    assertTrue(peak < PEAK_KILOBYTES, () -> "peak resident size: " + peak + " kB");
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count(), "what was put on disk is deleted");
    }
  }

  @Test
  void aListenerThatStopsReading() throws IOException, InterruptedException {
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(64 * 1024);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      long before = -1;
      long now = Long.parseLong(get("/sent"));
      while (now == 0 || now > before) {
        before = now;
        Thread.sleep(500); // a source that still sends would have sent in this time
        now = Long.parseLong(get("/sent"));
      }
      System.out.println("a listener that does not read: " + now / 1024 + " KiB were taken for it");
      assertTrue(now < BUFFERS, "taken: " + now);
    }
    while (get("/ended").equals("0")) {
      Thread.sleep(20);
    }
    long peak = Long.parseLong(get("/peak"));
    assertTrue(peak < PEAK_KILOBYTES, () -> "peak resident size: " + peak + " kB");
  }
}
