package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import io.jooby.ExecutionMode;
import io.jooby.Jooby;
import io.jooby.MediaType;
import io.jooby.ServerOptions;
import io.jooby.StartupSummary;
import io.jooby.netty.NettyServer;
import java.util.List;

/** Jooby on Netty: its event loop, or its worker threads. */
public final class JoobyMain {
  private JoobyMain() {}

  /** The port, and {@code loop} or {@code worker}. */
  public static void main(String[] args) {
    boolean worker = args[1].equals("worker");
    var server = new NettyServer();
    server.setOptions(new ServerOptions().setPort(Integer.parseInt(args[0])).setIoThreads(1));
    Jooby.runApp(new String[0], server, worker ? ExecutionMode.WORKER : ExecutionMode.EVENT_LOOP, app -> {
      app.setStartupSummary(List.of(StartupSummary.NONE));
      routes(app);
      if (worker) {
        app.get("/sleep5", c -> c.send(Waiting.sleep()));
        app.get("/socket", c -> c.send(Waiting.roundTrip()));
      }
    });
  }

  private static void routes(Jooby app) {
    app.get("/plaintext", c -> c.setResponseType(MediaType.text).send(Answers.plaintext()));
    app.get("/json", c -> c.setResponseType(MediaType.json).send(Answers.json()));
    app.get("/product/{id}", c -> c.setResponseType(MediaType.json)
        .send(Answers.product(c.path("id").value(), c.query("currency").value("USD"))));
    app.post("/echo", c -> c.setResponseType(MediaType.text).send(c.body().bytes()));
    app.get("/page", c -> c.setResponseType(MediaType.html).send(Page.render()));
    app.get("/burn", c -> c.send(Waiting.burn()));
    Table.others().forEach(pattern -> app.get(Table.braces(pattern), c -> c.send(Answers.plaintext())));
    Table.notes()
        .forEach(pattern -> app.get(Table.braces(pattern), c -> c.setResponseType(MediaType.text)
            .send(Answers.note(c.path("id").value(), c.path("note").value()))));
    app.routes(() -> {
      app.use(next -> c -> next.apply(c));
      app.use(next -> c -> next.apply(c));
      app.use(next -> c -> next.apply(c));
      app.use(next -> c -> next.apply(c));
      app.use(next -> c -> next.apply(c));
      app.get("/mw5", c -> c.setResponseType(MediaType.text).send(Answers.plaintext()));
    });
  }
}
