package dev.edge4j.examples.shop.figures;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * The figures that the article names, of the shop with {@code --world}, side by side in one run: the time of the products API and of product
 * pages under a steady load, the first byte from the edge and without one, answers per second of CPU beside Netty by itself. Profile
 * {@code bench-shop}; argument: requests a second, 200 if none is given.
 */
public final class ShopFigures {
  private static final int PORT = 18_180;
  private static final int NETTY = 18_190;
  private static final int PRODUCTS = 12_000;
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final int ROUNDS = 3;
  private static final String EDGE = "tokyo";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Random random = new Random(11);
  private final int[] popular = random.doubles(1 << 16).mapToInt(d -> 1 + (int) (PRODUCTS * d * d * d)).toArray();

  private ShopFigures() {}

  public static void main(String[] args) throws Exception {
    Path data = Files.createTempDirectory("shop-figures");
    Path log = data.resolve("shop.log");
    System.out.println("what the shop says: " + log);
    Process shop = java(log, "dev.edge4j.examples.shop.Shop", "--world", "--port=" + PORT, "--data=" + data,
        "--rate=100000000");
    try {
      new ShopFigures().measure(shop, args.length == 0 ? 200 : Integer.parseInt(args[0]));
    } finally {
      shop.destroy();
      shop.waitFor();
    }
  }

  private void measure(Process shop, int perSecond) throws Exception {
    int edge = portOf(EDGE);
    IntFunction<String> list = i -> "/api/products?page=" + (1 + popular[i & 0xffff] % 40);
    IntFunction<String> one = i -> "/api/products/" + popular[i & 0xffff];
    IntFunction<String> page = i -> "/products/" + popular[i & 0xffff];
    IntFunction<String> api = i -> (i & 1) == 0 ? list.apply(i) : one.apply(i);
    IntFunction<String> both = i -> i % 3 == 0 ? page.apply(i) : api.apply(i);
    Load.warm(edge, STEADY, both);
    Load.steady(edge, perSecond, STEADY, both);
    Load.steady(edge, perSecond, STEADY.dividedBy(2), page);
    System.out.printf(Locale.ROOT, "steady load of %d requests a second for %d s, each product by its popularity%n",
        perSecond,
        STEADY.toSeconds());
    print("products API", Load.steady(edge, perSecond, STEADY, api).whole());
    Load.Steady pages = Load.steady(edge, perSecond, STEADY, page);
    print("product page, all but late reviews", pages.page());
    print("product page, with its reviews from far away", pages.whole());
    print("first byte, product page, edge " + EDGE, Load.firstBytes(edge, 200, page));
    print("first byte, product page, simulated way to the origin", Load.firstBytes(edge, 100, i -> "/_far" + page
        .apply(i)));
    perCore(shop, edge);
  }

  private void perCore(Process shop, int edge) throws Exception {
    String path = "/api/products/7";
    String body = get(edge, path).body();
    Process netty = java(Path.of("/dev/null"), "dev.edge4j.examples.shop.figures.RawNetty", String.valueOf(NETTY),
        body);
    try {
      awaitAnswer(NETTY, path);
      Load.flatOut(edge, ROUND, path);
      Load.flatOut(NETTY, ROUND, path);
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        double ours = perCpuSecond(shop, edge, path);
        double raw = perCpuSecond(netty, NETTY, path);
        ratios.add(ours / raw);
        System.out.printf(Locale.ROOT,
            "cached product, answers per second of CPU: shop %,.0f, Netty %,.0f, ratio %.2f%n", ours, raw,
            ours / raw);
      }
      System.out.printf(Locale.ROOT, "median ratio %.2f%n", ratios.stream().sorted().toList().get(ROUNDS / 2));
    } finally {
      netty.destroy();
    }
  }

  private static double perCpuSecond(Process server, int port, String path) throws Exception {
    Duration before = server.info().totalCpuDuration().orElseThrow();
    long answers = Load.flatOut(port, ROUND, path);
    return answers * 1e9 / server.info().totalCpuDuration().orElseThrow().minus(before).toNanos();
  }

  private int portOf(String region) throws Exception {
    awaitAnswer(PORT, "/readyz");
    for (int port = PORT; port < PORT + 8; port++) {
      awaitAnswer(port, "/readyz");
      if (get(port, "/api/products/1").headers().firstValue("X-Edge-Region").orElse("").contains(region)) {
        return port;
      }
    }
    throw new IOException("no region " + region);
  }

  private void awaitAnswer(int port, String path) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (true) {
      try {
        if (get(port, path).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void print(String what, Load.Times times) {
    System.out.printf(Locale.ROOT, "%s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms of %,d%n", what, times.millis(0.5),
        times.millis(
            0.99), times.millis(0.999), times.sorted().length);
  }

  private static Process java(Path log, String main, String... args) throws IOException {
    List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xmx1g",
        "-XX:MaxGCPauseMillis=5", "-classpath",
        System.getProperty("java.class.path"), main));
    line.addAll(List.of(args));
    return new ProcessBuilder(line).redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
