package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.Objects;

/** Undertow on its IO thread. */
public final class UndertowMain {
  private UndertowMain() {}

  /** The port. */
  public static void main(String[] args) {
    var routes = new RoutingHandler();
    routes.get("/plaintext", c -> send(c, Answers.TEXT, Answers.plaintext()));
    routes.get("/json", c -> send(c, Answers.JSON, Answers.json()));
    routes.get("/product/{id}", c -> {
      Deque<String> currency = c.getQueryParameters().get("currency");
      send(c, Answers.JSON, Answers.product(parameter(c, "id"), currency == null ? "USD" : currency.getFirst()));
    });
    routes.post("/echo", c -> c.getRequestReceiver().receiveFullBytes((d, body) -> send(d, Answers.TEXT, body)));
    routes.get("/page", c -> send(c, Answers.HTML, Page.render()));
    routes.get("/burn", c -> send(c, Answers.TEXT, Waiting.burn()));
    Table.others()
        .forEach(pattern -> routes.get(Table.braces(pattern), c -> send(c, Answers.TEXT, Answers
            .plaintext())));
    Table.notes()
        .forEach(pattern -> routes.get(Table.braces(pattern), c -> send(c, Answers.TEXT, Answers.note(
            parameter(c, "id"), parameter(c, "note")))));
    HttpHandler last = c -> send(c, Answers.TEXT, Answers.plaintext());
    for (int i = 0; i < 5; i++) {
      HttpHandler next = last;
      last = c -> next.handleRequest(c);
    }
    routes.get("/mw5", last);
    Undertow.builder()
        .addHttpListener(Integer.parseInt(args[0]), "0.0.0.0")
        .setIoThreads(1)
        .setHandler(routes)
        .build()
        .start();
  }

  private static String parameter(HttpServerExchange c, String name) {
    return Objects.requireNonNull(c.getQueryParameters().get(name)).getFirst();
  }

  private static void send(HttpServerExchange c, String type, byte[] body) {
    c.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    c.getResponseSender().send(ByteBuffer.wrap(body));
  }
}
