package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sees to it that all answer the same bytes before anything is measured. */
final class Agreement {
  private Agreement() {}

  /** Fails at the first answer that is not that of the first server that gives one. */
  static void check(Map<Subject, Instance> running, Set<Endpoint> endpoints) throws IOException, InterruptedException {
    Map<Endpoint, byte[]> expected = new EnumMap<>(Endpoint.class);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (Map.Entry<Subject, Instance> each : running.entrySet()) {
        for (Endpoint endpoint : endpoints) {
          if (each.getKey().answers(endpoint)) {
            byte[] body = ask(client, endpoint, each.getValue());
            byte[] first = expected.computeIfAbsent(endpoint, _ -> body);
            if (!Arrays.equals(first, body)) {
              throw new IOException(each.getKey().title() + " answers " + endpoint + " with other bytes:\n"
                  + new String(body, StandardCharsets.UTF_8));
            }
          }
        }
      }
    }
  }

  /** Fails at a cache that does not say {@code X-Cache: HIT} by now. */
  static void checkHits(Map<Subject, Instance> running, Set<Endpoint> endpoints)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (Map.Entry<Subject, Instance> each : running.entrySet()) {
        for (Endpoint endpoint : endpoints) {
          HttpRequest request = HttpRequest.newBuilder(endpoint.uri(each.getValue().port())).build();
          HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
          if (!response.headers().allValues("X-Cache").equals(List.of("HIT"))) {
            throw new IOException(each.getKey().title() + " answers " + endpoint + " from its origin: " + response
                .headers()
                .map());
          }
        }
      }
    }
  }

  private static byte[] ask(HttpClient client, Endpoint endpoint, Instance instance)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.uri(instance.port())).timeout(Duration.ofSeconds(10));
    if (endpoint.isPost()) {
      request.POST(HttpRequest.BodyPublishers.ofByteArray(Wrk.echoBody()));
    }
    HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(endpoint + " is answered " + response.statusCode() + " at " + response.uri());
    }
    return response.body();
  }
}
