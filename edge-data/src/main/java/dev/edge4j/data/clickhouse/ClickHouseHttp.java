package dev.edge4j.data.clickhouse;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * One ClickHouse server over HTTP. HTTP/1.1, because the client's offer of HTTP/2 leaves some servers waiting for ever, and never without
 * a timeout. The password goes in a header: addresses end up in logs. Safe for use by many threads.
 */
final class ClickHouseHttp implements AutoCloseable {
  private static final int OK = 200;
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final HttpClient client;
  private final URI url;
  private final String user;
  private final String password;
  private final boolean gzip;
  private final Duration timeout;

  ClickHouseHttp(URI url, String user, String password, boolean gzip, Duration timeout) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.gzip = gzip;
    this.timeout = timeout;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  /** Runs a statement that reads or makes a table. */
  String query(String sql) {
    return send(Map.of("wait_end_of_query", "1"), sql.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Runs the statement of the {@code query} parameter on a body of data. */
  void insert(Map<String, String> parameters, byte[] body) {
    send(parameters, body, gzip);
  }

  private String send(Map<String, String> parameters, byte[] body, boolean packed) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(parameters))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(timeout)
        .POST(HttpRequest.BodyPublishers.ofByteArray(packed ? pack(body) : body));
    if (!user.isEmpty()) {
      request.header("X-ClickHouse-User", user).header("X-ClickHouse-Key", password);
    }
    if (packed) {
      request.header("Content-Encoding", "gzip");
    }
    HttpResponse<String> answer = exchange(request.build());
    if (answer.statusCode() != OK) {
      throw ClickHouseErrors.of(server(), answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Reason.FAILED, "interrupted while ClickHouse at " + server() + " was asked", e);
    } catch (IOException e) {
      throw new StoreException(Reason.FAILED, "ClickHouse at " + server() + " does not answer: " + e, e);
    }
  }

  private URI address(Map<String, String> parameters) {
    String query = parameters.entrySet()
        .stream()
        .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    return URI.create(url + "/?" + query);
  }

  private static byte[] pack(byte[] body) {
    var packed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (var stream = new GZIPOutputStream(packed)) {
      stream.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return packed.toByteArray();
  }

  /** Host and port, for messages. */
  String server() {
    return url.getAuthority();
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
