package dev.edge4j.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A new process listens on the port of the old one, which is then told to stop, again and again under load: no request fails, by
 * HTTP/1.1 or by HTTP/2 over TLS. Requests are POSTs, which the client does not try again by itself.
 */
@Timeout(180)
@Isolated("it loads the machine")
class RollingRestartIT {
  private static final int CLIENTS_OF_EACH_KIND = 4;
  private static final int RESTARTS = 3;
  private static final long REQUESTS_BETWEEN = 500;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong answered = new AtomicLong();
  private final Queue<String> failed = new ConcurrentLinkedQueue<>();

  @Test
  void noRequestFails() throws Exception {
    ConformanceProcess current = ConformanceProcess.start("--reuse-port", "--stop-delay=1s", "--port=0");
    try {
      URI plain = current.at("/");
      URI secure = current.secure("/");
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS_OF_EACH_KIND; i++) {
        clients.add(Thread.ofVirtual().start(() -> ask(plain, HttpClient.Version.HTTP_1_1)));
        clients.add(Thread.ofVirtual().start(() -> ask(secure, HttpClient.Version.HTTP_2)));
      }
      for (int i = 0; i < RESTARTS; i++) {
        awaitAnswers();
        ConformanceProcess next = ConformanceProcess.start("--reuse-port", "--stop-delay=1s", "--port=" + plain
            .getPort(), "--tls-port=" + secure.getPort());
        awaitAnswers();
        current.close();
        current = next;
      }
      awaitAnswers();
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
    } finally {
      over.set(true);
      current.close();
    }
    System.out.println("Rolling restart: " + answered + " requests, " + failed.size() + " failed, " + RESTARTS
        + " restarts");
    assertEquals(List.of(), List.copyOf(failed));
  }

  private void awaitAnswers() throws InterruptedException {
    long until = answered.get() + REQUESTS_BETWEEN;
    while (answered.get() < until && failed.isEmpty()) {
      Thread.sleep(5);
    }
    assertTrue(failed.isEmpty(), failed::toString);
  }

  private void ask(URI shop, HttpClient.Version version) {
    try (HttpClient client = HttpClient.newBuilder()
        .version(version)
        .sslContext(Trust.context())
        .connectTimeout(Duration.ofSeconds(10))
        .build()) {
      while (!over.get() && failed.isEmpty()) {
        String body = String.valueOf(answered.get());
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(shop)
            .POST(BodyPublishers.ofString(body))
            .build(), BodyHandlers.ofString());
        if (response.statusCode() == 200 && response.body().equals(body) && response.version() == version) {
          answered.incrementAndGet();
        } else {
          failed.add(version + ": " + response.statusCode() + " " + response.body());
        }
        Thread.sleep(2); // the build shares its cores
      }
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      failed.add(version + ": " + e);
    }
  }
}
