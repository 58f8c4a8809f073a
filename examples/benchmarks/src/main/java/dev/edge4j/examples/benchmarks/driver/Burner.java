package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Light requests beside a route that keeps the processor for 200 ms, asked once a second. */
final class Burner {
  private static final int CONNECTIONS = 32;
  private static final int SECONDS = 5;
  private static final int LEARNING = 3;

  private enum When {
    QUIET, BESIDE
  }

  private record Cell(Subject subject, When when) {}

  private final Map<Subject, Instance> running;
  private final Settings settings;
  private final Wrk wrk;
  private final Medians<Cell> p99 = new Medians<>();

  Burner(Map<Subject, Instance> running, Settings settings, Wrk wrk) {
    this.running = running;
    this.settings = settings;
    this.wrk = wrk;
  }

  List<String> measure() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (Map.Entry<Subject, Instance> each : running.entrySet()) {
        System.err.println("Beside a burner: " + each.getKey().title());
        int port = each.getValue().port();
        for (int i = 0; i < LEARNING; i++) {
          burn(client, port);
        }
        for (int round = 0; round < Math.min(3, settings.rounds()); round++) {
          p99.add(new Cell(each.getKey(), When.QUIET), light(port));
          Thread burning = Thread.ofVirtual().start(() -> burnEachSecond(client, port));
          p99.add(new Cell(each.getKey(), When.BESIDE), light(port));
          burning.interrupt();
          burning.join();
        }
      }
    }
    var lines = new ArrayList<String>(List.of(""));
    lines.add("| p99 of light requests, ms | quiet | beside 200 ms of CPU a second | ratio |");
    lines.add("|---|---|---|---|");
    for (Subject subject : running.keySet()) {
      var quiet = new Cell(subject, When.QUIET);
      var beside = new Cell(subject, When.BESIDE);
      lines.add("| " + subject.title() + " | " + p99.print("%.2f", quiet) + " | " + p99.print("%.2f", beside) + " | "
          + p99.ratio(beside, quiet) + " |");
    }
    return lines;
  }

  private double light(int port) throws IOException, InterruptedException {
    return wrk.run(Endpoint.PLAINTEXT, port, CONNECTIONS, Math.max(SECONDS, settings.seconds())).p99();
  }

  private static void burnEachSecond(HttpClient client, int port) {
    try {
      while (!Thread.interrupted()) {
        burn(client, port);
        Thread.sleep(800);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // enough
    } catch (IOException e) {
      System.err.println("burn: " + e.getMessage());
    }
  }

  private static void burn(HttpClient client, int port) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/burn"))
        .timeout(Duration.ofSeconds(10))
        .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("/burn is answered " + status);
    }
  }
}
