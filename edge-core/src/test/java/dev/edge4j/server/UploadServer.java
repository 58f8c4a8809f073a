package dev.edge4j.server;

import dev.edge4j.App;
import dev.edge4j.EventStream;
import dev.edge4j.http.multipart.FormPart;
import dev.edge4j.http.multipart.Multipart;
import dev.edge4j.http.multipart.MultipartLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A server that takes large forms and tells events to who does not read them, for a process that has little memory. */
final class UploadServer {
  private static final long MOST = 400_000_000;

  private UploadServer() {}

  /** Ends with its standard input. */
  public static void main(String[] args) throws IOException {
    var sent = new AtomicLong();
    var ended = new AtomicLong();
    var app = new App();
    MultipartLimits onDisk = MultipartLimits.defaults().withDirectory(Path.of(System.getProperty("folder")));
    app.post("/streamed", c -> {
      long bytes = 0;
      Multipart form = c.multipart();
      for (Optional<FormPart> part = form.next(); part.isPresent(); part = form.next()) {
        bytes += count(part.get().stream());
      }
      return c.text("" + bytes);
    });
    app.post("/kept", c -> c.text("" + count(c.formData(onDisk).file("file").stream())));
    app.get("/events", c -> c.sse(events -> tell(events, sent, ended)));
    app.get("/sent", c -> c.text("" + sent.get()));
    app.get("/ended", c -> c.text("" + ended.get()));
    app.get("/peak", c -> c.text(Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElseThrow()
        .replaceAll("\\D", "")));
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1").withMaxBodyBytes(MOST))) {
      System.out.println("port " + server.port());
      int _ = System.in.read();
    }
  }

  private static void tell(EventStream events, AtomicLong sent, AtomicLong ended) throws IOException {
    String data = "x".repeat(10_000);
    try {
      while (true) {
        events.send(data);
        sent.addAndGet(data.length());
      }
    } finally {
      ended.incrementAndGet();
    }
  }

  private static long count(InputStream in) throws IOException {
    var piece = new byte[16 * 1024];
    long bytes = 0;
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      bytes += count;
    }
    return bytes;
  }
}
