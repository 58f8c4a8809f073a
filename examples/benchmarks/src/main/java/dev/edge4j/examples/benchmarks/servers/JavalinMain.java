package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Javalin on Jetty, with the threads that it takes by default. */
public final class JavalinMain {
  private JavalinMain() {}

  /** The port. */
  public static void main(String[] args) {
    Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      routes(config.routes);
    }).start(Integer.parseInt(args[0]));
  }

  private static void routes(RoutesConfig routes) {
    routes.get("/plaintext", c -> send(c, Answers.TEXT, Answers.plaintext()));
    routes.get("/json", c -> send(c, Answers.JSON, Answers.json()));
    routes.get("/product/{id}", c -> {
      String currency = c.queryParam("currency");
      send(c, Answers.JSON, Answers.product(c.pathParam("id"), currency == null ? "USD" : currency));
    });
    routes.post("/echo", c -> send(c, Answers.TEXT, c.bodyAsBytes()));
    routes.get("/page", c -> send(c, Answers.HTML, Page.render()));
    routes.get("/burn", c -> send(c, Answers.TEXT, Waiting.burn()));
    routes.get("/sleep5", c -> send(c, Answers.TEXT, Waiting.sleep()));
    routes.get("/socket", c -> send(c, Answers.TEXT, Waiting.roundTrip()));
    Table.others()
        .forEach(pattern -> routes.get(Table.braces(pattern), c -> send(c, Answers.TEXT, Answers
            .plaintext())));
    Table.notes()
        .forEach(pattern -> routes.get(Table.braces(pattern), c -> send(c, Answers.TEXT, Answers.note(c
            .pathParam("id"), c.pathParam("note")))));
    for (int i = 0; i < 5; i++) {
      routes.before("/mw5", _ -> {});
    }
    routes.get("/mw5", c -> send(c, Answers.TEXT, Answers.plaintext()));
  }

  private static void send(Context c, String type, byte[] body) {
    c.contentType(type).result(body);
  }
}
