package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;

/** What visitors of a soak do over HTTP/2 and TLS, with the JDK's client: a connection for each visit. Confined to one thread each. */
final class Http2Visits {
  private static final int MOST_STREAMS = 20;
  private static final int MOST_BYTES = 200_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI server;
  private final SSLContext trust;
  private final Random random;

  Http2Visits(URI server, SSLContext trust, long seed) {
    this.server = server;
    this.trust = trust;
    this.random = new Random(seed);
  }

  List<Visits.Visit> all() {
    return List.of(this::asksManyAtOnce, this::leavesInTheMiddle);
  }

  /** Greets first: requests that are sent before there is a connection would each open their own. */
  private HttpClient connection() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).sslContext(trust).build();
    is("OK", client.send(request("/").build(), BodyHandlers.ofString()));
    return client;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
  }

  private void asksManyAtOnce() throws IOException, InterruptedException {
    HttpClient client = connection();
    try {
      List<CompletableFuture<Void>> answers = new ArrayList<>();
      for (int i = 1 + random.nextInt(MOST_STREAMS); i > 0; i--) {
        String body = String.valueOf((char) ('a' + i)).repeat(random.nextInt(MOST_BYTES));
        answers.add(client.sendAsync(request("/").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())
            .thenAccept(answer -> is(body, answer)));
        String cookie = "a=" + i;
        answers.add(client.sendAsync(request("/cookie").header("Cookie", cookie).build(), BodyHandlers.ofString())
            .thenAccept(answer -> is(cookie + "\n", answer)));
      }
      answers.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      if (e.getCause() instanceof AssertionError wrong) {
        throw wrong;
      }
      throw new IOException(e.getCause());
    } finally {
      client.shutdownNow();
    }
  }

  private static void is(String body, HttpResponse<String> answer) {
    assertEquals(HttpClient.Version.HTTP_2, answer.version());
    assertEquals(200, answer.statusCode());
    assertEquals(body, answer.body());
  }

  /** With an answer half read, an upload half sent, and events perhaps still to come. */
  private void leavesInTheMiddle() throws IOException, InterruptedException {
    HttpClient client = connection();
    try {
      var upload = client.sendAsync(request("/").POST(BodyPublishers.ofInputStream(() -> new Endless(random.nextInt(
          MOST_BYTES)))).build(), BodyHandlers.discarding());
      var events = client.sendAsync(request("/sse").build(), BodyHandlers.ofInputStream());
      HttpResponse<InputStream> answer = client.send(request("/").POST(BodyPublishers.ofByteArray(
          new byte[MOST_BYTES])).build(), BodyHandlers.ofInputStream());
      try (InputStream half = answer.body()) {
        assertEquals(MOST_BYTES / 2, half.readNBytes(MOST_BYTES / 2).length);
      }
      upload.cancel(true);
      events.cancel(true);
    } finally {
      client.shutdownNow();
    }
  }

  /** Breaks off after so many bytes. */
  private static final class Endless extends InputStream {
    private int left;

    Endless(int left) {
      this.left = left;
    }

    @Override
    public int read() {
      var one = new byte[1];
      read(one, 0, 1);
      return one[0];
    }

    @Override
    public int read(byte[] target, int from, int length) {
      if (left <= 0) {
        throw new UncheckedIOException(new IOException("the visitor has had enough"));
      }
      int count = Math.min(left, length);
      Arrays.fill(target, from, from + count, (byte) 'x');
      left -= count;
      return count;
    }
  }
}
