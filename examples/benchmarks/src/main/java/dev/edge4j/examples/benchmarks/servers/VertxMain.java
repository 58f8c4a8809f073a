package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Objects;

/** Vert.x Web on its event loop. */
public final class VertxMain {
  private VertxMain() {}

  /** The port. */
  public static void main(String[] args) {
    boolean epoll = "epoll".equals(System.getProperty("bench.transport"));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(epoll));
    vertx.createHttpServer().requestHandler(routes(Router.router(vertx))).listen(Integer.parseInt(args[0])).await();
  }

  private static Router routes(Router router) {
    router.get("/plaintext").handler(c -> send(c, Answers.TEXT, Answers.plaintext()));
    router.get("/json").handler(c -> send(c, Answers.JSON, Answers.json()));
    router.get("/product/:id").handler(c -> {
      String currency = c.request().getParam("currency", "USD");
      send(c, Answers.JSON, Answers.product(parameter(c, "id"), currency));
    });
    router.post("/echo")
        .handler(BodyHandler.create(false))
        .handler(c -> send(c, Answers.TEXT, Objects.requireNonNull(c.body().buffer()).getBytes()));
    router.get("/page").handler(c -> send(c, Answers.HTML, Page.render()));
    router.get("/burn").handler(c -> send(c, Answers.TEXT, Waiting.burn()));
    Table.others().forEach(pattern -> router.get(pattern).handler(c -> send(c, Answers.TEXT, Answers.plaintext())));
    Table.notes()
        .forEach(pattern -> router.get(pattern)
            .handler(c -> send(c, Answers.TEXT, Answers.note(parameter(c, "id"), parameter(c, "note")))));
    for (int i = 0; i < 5; i++) {
      router.route("/mw5").handler(RoutingContext::next);
    }
    router.get("/mw5").handler(c -> send(c, Answers.TEXT, Answers.plaintext()));
    return router;
  }

  private static String parameter(RoutingContext c, String name) {
    return Objects.requireNonNull(c.pathParam(name));
  }

  private static void send(RoutingContext c, String type, byte[] body) {
    c.response().putHeader("Content-Type", type).end(Buffer.buffer(body));
  }
}
