package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code wrk} on one thread: as many requests as the server answers, each connection one at a time. */
final class Wrk {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ([0-9.]+)(ms|s|m)");
  private static final Pattern ERRORS = Pattern.compile("(Socket errors|Non-2xx).*");
  private static final Map<String, Double> MILLIS = Map.of("us", 0.001, "ms", 1.0, "s", 1_000.0, "m", 60_000.0);

  private final Path script;

  /**
   * What it saw; latencies in milliseconds.
   *
   * @param perSecond requests
   */
  record Result(long requests, double perSecond, double p50, double p99) {}

  /** Leaves a script there that tells wrk what to post. */
  Wrk(Path target) throws IOException {
    this.script = Files.writeString(target.resolve("echo.lua").toAbsolutePath(), """
        wrk.method = "POST"
        wrk.headers["Content-Type"] = "text/plain"
        wrk.body = "%s"
        """.formatted(new String(echoBody(), StandardCharsets.US_ASCII)));
  }

  static byte[] echoBody() {
    return "x".repeat(Endpoint.ECHO_BYTES).getBytes(StandardCharsets.US_ASCII);
  }

  /** Loads a server for that long. An answer that is not 2xx is an error. */
  Result run(Endpoint endpoint, int port, int connections, int seconds) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s",
        "--latency"));
    if (endpoint.isPost()) {
      command.addAll(List.of("-s", script.toString()));
    }
    command.add(endpoint.uri(port).toString());
    return parse(Tools.run(seconds + 30, command));
  }

  private static Result parse(String said) throws IOException {
    Matcher errors = ERRORS.matcher(said);
    if (errors.find()) {
      throw new IOException("wrk: " + errors.group() + "\n" + said);
    }
    Matcher requests = REQUESTS.matcher(said);
    if (!requests.find()) {
      throw new IOException("wrk said nothing of requests:\n" + said);
    }
    long count = Long.parseLong(requests.group(1));
    double seconds = millis(requests.group(2), requests.group(3)) / 1_000;
    return new Result(count, count / seconds, percentile(said, "50%"), percentile(said, "99%"));
  }

  private static double percentile(String said, String which) throws IOException {
    Matcher found = Pattern.compile("^ +" + which + " +([0-9.]+)(us|ms|s|m)$", Pattern.MULTILINE).matcher(said);
    if (!found.find()) {
      throw new IOException("wrk said nothing of " + which + ":\n" + said);
    }
    return millis(found.group(1), found.group(2));
  }

  private static double millis(String number, String unit) {
    return Double.parseDouble(number) * MILLIS.getOrDefault(unit, 1.0);
  }
}
