package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code h2load} over HTTP/1.1: a number of requests, or a fixed rate. */
final class H2load {
  private static final int CONNECTIONS = 64;
  private static final Pattern FAILED = Pattern.compile("(\\d+) failed, (\\d+) errored, (\\d+) timeout");

  private H2load() {}

  /**
   * What it saw at a fixed rate; milliseconds.
   *
   * @param perSecond the rate that came about
   */
  record Result(double perSecond, double p50, double p99) {}

  /** Sends so many requests and waits for the answers. */
  static void count(Endpoint endpoint, int port, int requests) throws IOException, InterruptedException {
    int clients = Math.min(CONNECTIONS, requests);
    run(endpoint, port, 180, List.of("-n" + requests, "-c" + clients));
  }

  /** Sends requests at that rate, whatever the server makes of it. */
  static Result rate(Endpoint endpoint, int port, int perSecond, int seconds) throws IOException, InterruptedException {
    Path log = Files.createTempFile("h2load", ".tsv");
    try {
      Files.delete(log); // it appends
      int each = Math.max(1, perSecond / CONNECTIONS);
      run(endpoint, port, seconds + 30, List.of("-D" + seconds, "-c" + CONNECTIONS, "--rps=" + each, "--log-file="
          + log));
      long[] micros = Files.readAllLines(log)
          .stream()
          .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1)))
          .toArray();
      Arrays.sort(micros);
      return new Result((double) micros.length / seconds, quantile(micros, 0.5), quantile(micros, 0.99));
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static void run(Endpoint endpoint, int port, int seconds, List<String> flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("h2load", "--h1", "-t1"));
    command.addAll(flags);
    Path body = Files.createTempFile("h2load", ".body");
    try {
      if (endpoint.isPost()) {
        Files.write(body, Wrk.echoBody());
        command.add("--data=" + body);
      }
      command.add(endpoint.uri(port).toString());
      String said = Tools.run(seconds, command);
      Matcher failed = FAILED.matcher(said);
      if (!failed.find() || !said.contains(" 0 3xx, 0 4xx, 0 5xx") || !failed.group(2).equals("0")) {
        throw new IOException("h2load: " + said);
      }
    } finally {
      Files.deleteIfExists(body);
    }
  }

  private static double quantile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))] / 1_000.0;
  }
}
