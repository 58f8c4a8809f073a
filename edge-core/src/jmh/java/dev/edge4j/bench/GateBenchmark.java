package dev.edge4j.bench;

import dev.edge4j.App;
import dev.edge4j.Handler;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.JwtTokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A POST that a browser sends from our own page, through gates to an inline handler, in process and on one thread. Both halves of each
 * gate run; all let the request pass, and the limit of rates has room for all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Ring.SIZE)
@SuppressWarnings("NullAway.Init") // set by prepare
public class GateBenchmark {
  @Param({"SHORT_STATIC"}) Workload workload;
  @Param Gates gates;

  private Ring ring;
  private Headers headers;
  private App app;

  @Setup(Level.Trial)
  public void prepare() {
    ring = new Ring(workload.requests());
    String token = JwtTokens.hs256(Gates.SECRET).issue("ada", List.of("customer"), Duration.ofDays(1));
    headers = Headers.of("Host", "shop.example", "Origin", "https://shop.example", "Sec-Fetch-Site", "same-origin",
        "Authorization", "Bearer " + token);
    app = new App();
    gates.gates().forEach(app::use);
    workload.requests().forEach(line -> app.post(line.pattern(), Handler.inline(c -> c.text("hello"))));
    Response response = app.request(Request.post(ring.paths[0]).withHeaders(headers));
    if (response.status() != 200) {
      throw new IllegalStateException(gates + " answers " + response);
    }
  }

  @Setup(Level.Invocation)
  public void refill() {
    ring.refill();
  }

  @Benchmark
  public void edge4j(CpuTime time, Blackhole hole) {
    time.start();
    for (int i = 0; i < Ring.SIZE; i++) {
      hole.consume(app.request(Request.post(ring.paths[i]).withHeaders(headers)));
    }
    time.stop(Ring.SIZE);
  }
}
