package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.Verdict;
import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import dev.edge4j.http.Response;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.transport.Transport;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Edge4J: handlers declared inline, or ordinary ones. */
public final class Edge {
  private Edge() {}

  /** The port, and {@code inline} or {@code ordinary}. */
  public static void main(String[] args) throws InterruptedException {
    boolean inline = args[1].equals("inline");
    var app = new App();
    if (inline) {
      app.use("/echo", new EchoGate());
    }
    routes(app, inline ? Handler::inline : UnaryOperator.identity());
    if (inline) {
      app.use("/mw5", new NoGate(1), new NoGate(2), new NoGate(3), new NoGate(4), new NoGate(5));
      app.get("/mw5", Handler.inline(_ -> text(Answers.plaintext())));
    } else {
      app.use("/mw5", (_, next) -> next.proceed(), (_, next) -> next.proceed(), (_, next) -> next.proceed(),
          (_, next) -> next.proceed(), (_, next) -> next.proceed());
      app.get("/mw5", _ -> text(Answers.plaintext()));
      app.get("/sleep5", _ -> text(Waiting.sleep()));
      app.get("/socket", _ -> text(Waiting.roundTrip()));
    }
    var transport = Transport.valueOf(System.getProperty("bench.transport", "nio").toUpperCase(Locale.ROOT));
    var options = ServerOptions.port(Integer.parseInt(args[0]));
    Server.start(app, options.withEndpoint(options.endpoint().withTransport(transport))).join();
  }

  private static void routes(App app, UnaryOperator<Handler> lane) {
    app.get("/plaintext", lane.apply(_ -> text(Answers.plaintext())));
    app.get("/json", lane.apply(_ -> Response.bytes(200, Answers.JSON, Answers.json())));
    app.get("/product/:id", lane.apply(Edge::product));
    app.post("/echo", c -> text(c.bodyBytes()));
    app.get("/page", lane.apply(_ -> Response.bytes(200, Answers.HTML, Page.render())));
    app.get("/burn", lane.apply(_ -> text(Waiting.burn())));
    Table.others().forEach(pattern -> app.get(pattern, lane.apply(_ -> text(Answers.plaintext()))));
    Table.notes()
        .forEach(pattern -> app.get(pattern, lane.apply(c -> text(Answers.note(c.param("id").asString(), c
            .param("note")
            .asString())))));
  }

  private static Response product(Context c) {
    String currency = c.query("currency").orElse("USD");
    return Response.bytes(200, Answers.JSON, Answers.product(c.param("id").asString(), currency));
  }

  private static Response text(byte[] body) {
    return Response.bytes(200, Answers.TEXT, body);
  }

  /** Does nothing, on the event loop. */
  private record NoGate(int number) implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.pass();
    }
  }

  /** A handler that reads a body waits for it; a gate is called when it is there. */
  private record EchoGate() implements Gate {
    @Override
    public int bodyPrefix() {
      return 1_024;
    }

    @Override
    public Verdict before(Context c) {
      return Verdict.answer(text(c.bodyPrefix()));
    }
  }
}
