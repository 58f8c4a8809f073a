package dev.edge4j.jobs;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.client.OriginCall;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.http.Origin;
import dev.edge4j.http.Request;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends webhooks over HTTP, by a client for each target: no redirects, no retries beside those of {@link Webhooks}, and ten seconds for an answer, of which the
 * status alone is read. Safe for use by many threads.
 */
public final class HttpSender implements WebhookSender, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OriginOptions options;
  private final Map<Origin, OriginClient> clients = new ConcurrentHashMap<>();

  private HttpSender(OriginOptions options) {
    this.options = options;
  }

  public static HttpSender create() {
    return of(OriginOptions.defaults());
  }

  /** By these options, whose retries do not count. */
  public static HttpSender of(OriginOptions options) {
    return new HttpSender(options.withRetries(0));
  }

  @Override
  public boolean send(WebhookMessage message) throws IOException {
    URI url = message.url();
    String origin = url.getScheme() + "://" + url.getRawAuthority();
    OriginClient client = clients.computeIfAbsent(Origin.of(origin), _ -> OriginClient.to(origin, options));
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    Request request = Request.post(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
        .withHeaders(message.headers());
    OriginCall call = OriginCall.plain().withDeadline(Deadline.in(PATIENCE, TimeSource.system()));
    String type = message.headers().first("Content-Type").orElse("application/json");
    try (OriginResponse response = client.send(request.withBody(type, message.body()), call)) {
      return response.status() >= 200 && response.status() <= 299;
    }
  }

  @Override
  public void close() {
    clients.values().forEach(OriginClient::close);
  }
}
