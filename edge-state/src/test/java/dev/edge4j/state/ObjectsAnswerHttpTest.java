package dev.edge4j.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.HttpError;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Principal;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.state.store.ObjectStore;
import dev.edge4j.state.store.ShardFiles;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object answers HTTP itself: a request is a turn, and what becomes of it has a status. */
@org.junit.jupiter.api.Timeout(60)
class ObjectsAnswerHttpTest {
  interface Cart {
    long size();
  }

  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
  private final AtomicReference<CountDownLatch> inside = new AtomicReference<>(new CountDownLatch(1));
  private final AtomicBoolean losing = new AtomicBoolean();
  private final AtomicBoolean holding = new AtomicBoolean();
  private final AtomicReference<CompletableFuture<Boolean>> held = new AtomicReference<>(new CompletableFuture<>());
  private DurableObjects objects;
  private Namespace<Cart> carts;
  private App app;

  private final class HttpCart extends DurableObject implements Cart, FetchHandler {
    HttpCart(ObjectState state) {
      super(state);
    }

    @Override
    public Response fetch(Request request) throws Exception {
      String asked = request.method() + " " + request.path();
      return switch (request.path()) {
        case "/add" -> {
          String line = new String(request.body().stream().readAllBytes(), UTF_8);
          storage().put("size", size() + line.length());
          yield Response.text(201, "size " + size())
              .withHeader("Location", "/line")
              .withAddedHeader("X-Two", "1")
              .withAddedHeader("X-Two", "2");
        }
        case "/refuse" -> {
          storage().put("size", 1_000);
          throw new HttpError(409, "sold out", Headers.of("X-Sold", "yes"));
        }
        case "/fail" -> {
          storage().put("size", 1_000);
          throw new IllegalStateException("secret");
        }
        case "/wait" -> {
          inside.get().countDown();
          gate.get().await();
          yield Response.of(204);
        }
        case "/ring" -> {
          carts.get(id().name()).size();
          yield Response.of(204);
        }
        case "/stream" -> {
          storage().put("size", size() + 1);
          yield new Response(200, Headers.empty(), new Body.Stream(out -> out.write("streamed".getBytes(UTF_8))));
        }
        default -> Response.text(200, id().name() + ": " + asked + "?" + request.target().query());
      };
    }

    @Override
    public long size() {
      return storage().get("size", Long.class).orElse(0L);
    }
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    objects = DurableObjects.of(store(folder), DurableObjectsOptions.defaults().withShards(1).withMailbox(1));
    carts = objects.namespace("cart", Cart.class, HttpCart::new);
    app = new App();
    app.use((c, next) -> {
      c.header("User").ifPresent(user -> c.set(Principal.KEY, new Principal(user, Set.of(), Map.of())));
      return next.proceed();
    });
    app.use("/hurry/*", Timeout.after(Duration.ofSeconds(2)));
    app.mount("/cart/:user", carts.by("user"));
    app.mount("/hurry/:user", carts.by("user"));
    app.all("/mine/*", carts.fetch(c -> c.header("User").orElse("")));
  }

  @AfterEach
  void close() {
    gate.get().countDown();
    losing.set(false);
    objects.close();
  }

  @Test
  void theObjectSeesThePathBelowItsMountAndEveryMethod() {
    assertEquals("u 1: GET /lines/7?a=b", app.request("/cart/u%201/lines/7?a=b").text());
    for (String method : new String[]{"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"}) {
      assertEquals("u: " + method + " /x?", app.request(Request.of(Method.of(method), "/cart/u/x")).text());
    }
    assertEquals("me: GET /mine/x?", app.request(Request.get("/mine/x").withHeader("User", "me")).text());
    assertEquals(400, app.request("/mine/x").status(), "no name");
  }

  @Test
  void aRequestIsATurn() {
    assertEquals("size 3", app.request(add("abc")).text());
    assertEquals(3, carts.get("u").size());
    Response refused = app.request(Request.post("/cart/u/refuse"));
    assertEquals(409, refused.status());
    assertEquals("yes", refused.header("X-Sold").orElse(""));
    assertTrue(refused.text().contains("sold out"));
    Response failed = app.request(Request.post("/cart/u/fail"));
    assertEquals(500, failed.status());
    assertFalse(failed.text().contains("secret"));
    assertEquals(3, carts.get("u").size(), "what throws leaves no trace");
  }

  @Test
  void theResponseLeavesAfterTheCommit() throws Exception {
    holding.set(true);
    var answer = CompletableFuture.supplyAsync(() -> app.request(add("abc")));
    Lodging.until(() -> !holding.get());
    carts.evict("v");
    assertFalse(answer.isDone());
    held.get().complete(true);
    assertEquals(201, answer.get().status());
  }

  @Test
  void theBodyIsReadBeforeTheTurnAndBounded() throws Exception {
    var arrived = new CountDownLatch(1);
    InputStream slow = new FilterInputStream(new ByteArrayInputStream("abc".getBytes(UTF_8))) {
      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        try {
          arrived.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
        return super.read(target, from, length);
      }
    };
    RequestBody body = () -> slow;
    var answer = CompletableFuture.supplyAsync(() -> app.request(Request.post("/cart/u/add").withBody(body)));
    assertEquals(0, carts.get("u").size(), "nobody is held up");
    arrived.countDown();
    assertEquals("size 3", answer.get().text());
    assertEquals(201, app.request(add("x".repeat(1 << 20))).status());
    assertEquals(413, app.request(add("x".repeat((1 << 20) + 1))).status());
  }

  @Test
  void aRequestWithAKeyIsExecutedOnce() {
    Request first = add("abc").withHeader("Idempotency-Key", "\"k1\"");
    Response done = app.request(first);
    Response again = app.request(add("abc").withHeader("Idempotency-Key", "k1"));
    assertEquals(201, again.status());
    assertEquals(done.text(), again.text());
    assertEquals("[/line, [1, 2]]", "[" + again.header("Location").orElse("") + ", " + again.headers().all("X-Two")
        + "]");
    assertEquals("true", again.header("Idempotent-Replayed").orElse(""));
    assertTrue(done.header("Idempotent-Replayed").isEmpty());
    assertEquals(422, app.request(add("abcd").withHeader("Idempotency-Key", "k1")).status());
    assertEquals(422, app.request(add("abc").withHeader("Idempotency-Key", "k1").withHeader("User", "other")).status());
    assertEquals(400, app.request(add("abc").withHeader("Idempotency-Key", "")).status());
    assertEquals(3, carts.get("u").size());
    assertEquals(409, app.request(Request.post("/cart/u/refuse").withHeader("Idempotency-Key", "k2")).status());
    assertTrue(app.request(Request.post("/cart/u/refuse").withHeader("Idempotency-Key", "k2"))
        .header("Idempotent-Replayed")
        .isEmpty(), "what threw was not executed");
  }

  @Test
  void aStreamedResponseIsNotKeptAndNotExecutedTwice() {
    Request request = Request.post("/cart/u/stream").withHeader("Idempotency-Key", "k1");
    assertEquals(200, app.request(request).status());
    assertEquals(409, app.request(request).status());
    assertEquals(1, carts.get("u").size());
  }

  @Test
  void anOverloadedObjectIsA503() throws Exception {
    gate.set(new CountDownLatch(1));
    var running = CompletableFuture.supplyAsync(() -> app.request("/cart/u/wait").status());
    inside.get().await();
    Thread waiting = Thread.startVirtualThread(() -> carts.get("u").size());
    Lodging.until(() -> waiting.getState() == Thread.State.WAITING);
    Response refused = app.request("/cart/u/x");
    assertEquals(503, refused.status());
    assertEquals("1", refused.header("Retry-After").orElse(""));
    gate.get().countDown();
    assertEquals(204, running.get());
  }

  @Test
  void aDeadlineIsA503BeforeTheTurnAndA504InIt() throws Exception {
    gate.set(new CountDownLatch(1));
    var running = CompletableFuture.supplyAsync(() -> app.request("/hurry/u/wait").status());
    inside.get().await();
    int late = app.request("/hurry/u/x").status();
    assertTrue(late == 503 || late == 504, "of the object, or of the middleware: " + late);
    assertEquals(504, running.get());
  }

  @Test
  void aCycleIsA508() {
    Response refused = app.request("/cart/a/ring");
    assertEquals(508, refused.status());
  }

  @Test
  void anUnknownOutcomeIsA500ThatSaysSo() {
    losing.set(true);
    Response lost = app.request(add("abc"));
    assertEquals(500, lost.status());
    assertTrue(lost.text().contains("outcome unknown"), lost.text());
  }

  @Test
  void closedObjectsAreA503() {
    objects.close();
    assertEquals(503, app.request("/cart/u/x").status());
  }

  @Test
  void anObjectThatAnswersNoHttpIsA500() {
    Namespace<Counter> counters = objects.namespace("counter", Counter.class, Counter.Stored::new);
    var other = new App();
    other.mount("/:name", counters.by("name"));
    assertEquals(500, other.request("/one/x").status());
  }

  private static Request add(String text) {
    return Request.post("/cart/u/add").withBody("text/plain", text.getBytes(UTF_8));
  }

  private ObjectStore store(Path folder) {
    ObjectStore files = ShardFiles.open(folder, 1);
    return (ObjectStore) Proxy.newProxyInstance(ObjectStore.class.getClassLoader(), new Class<?>[]{ObjectStore.class},
        (_, method, arguments) -> {
          boolean commit = method.getName().equals("commit");
          if (commit && losing.get()) {
            return CompletableFuture.failedFuture(new ObjectException("the answer was lost", Outcome.UNKNOWN));
          }
          try {
            Object result = method.invoke(files, arguments);
            return commit && holding.getAndSet(false)
                ? held.get().thenCombine((CompletableFuture<?>) result, (yes, _) -> yes)
                : result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }
}
