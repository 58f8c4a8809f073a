package dev.edge4j.bench;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
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
 * A request through an application, in process and on one thread: reading its target, normalising the path, the lookup, middleware
 * that do nothing, and a handler that answers a short text.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Ring.SIZE)
@SuppressWarnings("NullAway.Init") // set by prepare
public class PipelineBenchmark {
  /** Of Hono's table: one static route and one with a parameter. */
  @Param({"SHORT_STATIC", "MIXED"}) Workload workload;
  @Param({"0", "5"}) int middleware;

  private Ring ring;
  private App app;

  @Setup(Level.Trial)
  public void prepare() {
    ring = new Ring(workload.requests());
    app = new App();
    for (int i = 0; i < middleware; i++) {
      // One class each, as in an application: the call to the next is not the same call five times over.
      switch (i % 5) {
        case 0 -> app.use((c, next) -> next.proceed());
        case 1 -> app.use((c, next) -> next.proceed());
        case 2 -> app.use((c, next) -> next.proceed());
        case 3 -> app.use((c, next) -> next.proceed());
        default -> app.use((c, next) -> next.proceed());
      }
    }
    workload.routes().forEach(this::handle);
  }

  private void handle(Line line) {
    String name = line.firstParameter();
    if (line.method().equals("POST")) {
      app.post(line.pattern(), c -> c.text(c.param(name).asString()));
    } else if (name.isEmpty()) {
      app.get(line.pattern(), c -> c.text("hello"));
    } else {
      app.get(line.pattern(), c -> c.text(c.param(name).asString()));
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
      Response response = app.request(Request.get(ring.paths[i]));
      hole.consume(response);
    }
    time.stop(Ring.SIZE);
  }
}
