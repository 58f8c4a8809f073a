package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.http.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Code without a parameter finds the context of the request it works for, and never another's. */
class ContextStorageIsThereForTheRequestTest {
  private final App app = new App();

  /** Stands for code that is given no context. */
  private static String tenant() {
    return ContextStorage.current().header("X-Tenant").orElse("none");
  }

  private String ask(String tenant) {
    return app.request(Request.get("/").withHeader("X-Tenant", tenant)).text();
  }

  @Test
  void handlersFindIt() {
    app.use(ContextStorage.create());
    app.get("/", c -> {
      assertSame(c, ContextStorage.current());
      return c.text(tenant());
    });
    assertEquals("tea", ask("tea"));
  }

  /** By reflection, because the class is a preview in Java 25 (JEP 505): compiled against it, all tests would need the switch. */
  @Test
  void whatAStructuredTaskScopeForksHasItToo() {
    app.use(ContextStorage.create());
    app.get("/", c -> {
      Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
      try (var scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
        Thread parent = Thread.currentThread();
        Callable<String> child = () -> tenant() + " " + (Thread.currentThread() != parent);
        Object forked = type.getMethod("fork", Callable.class).invoke(scope, child);
        type.getMethod("join").invoke(scope);
        return c.text(((Supplier<?>) forked).get().toString());
      }
    });
    assertEquals("tea true", ask("tea"));
  }

  @Test
  void outsideOfARequestThereIsNone() {
    app.use(ContextStorage.create());
    app.get("/", c -> c.text("ok"));
    app.request("/");
    assertEquals(Optional.empty(), ContextStorage.tryCurrent());
    assertThrows(IllegalStateException.class, ContextStorage::current);
  }

  @Test
  void behindATimeoutItIsTheOneOfThatThread() {
    app.use(Timeout.after(Duration.ofSeconds(30)), ContextStorage.create());
    app.get("/", c -> c.text(String.valueOf(ContextStorage.current() == c)));
    assertEquals("true", app.request("/").text());
  }

  @Test
  void requestsAtTheSameTimeSeeTheirOwn() throws Exception {
    var all = new CyclicBarrier(8);
    app.use(ContextStorage.create());
    app.get("/", c -> {
      all.await();
      String mine = tenant();
      all.await();
      return c.text(mine + tenant());
    });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = IntStream.range(0, 8)
          .mapToObj(i -> threads.submit(() -> ask("t" + i)))
          .toList();
      for (int i = 0; i < 8; i++) {
        assertEquals("t" + i + "t" + i, answers.get(i).get());
      }
    }
  }

  @Test
  void ofAMountedApplicationItIsTheInnerContextUntilThatHasAnswered() {
    var inner = new App();
    inner.use(ContextStorage.create());
    inner.get("/", c -> c.text(ContextStorage.current().path()));
    app.use(ContextStorage.create(), (c, next) -> {
      var response = next.proceed();
      assertSame(c, ContextStorage.current());
      return response;
    });
    app.mount("/in", inner);
    assertEquals("/", app.request("/in").text());
  }

  @Test
  void thisThreadKeepsNothingWhenAHandlerThrows() {
    app.use(ContextStorage.create());
    app.get("/", (Context _) -> {
      throw new IllegalStateException("broken");
    });
    assertEquals(500, app.request("/").status());
    assertEquals(Optional.empty(), ContextStorage.tryCurrent());
  }
}
