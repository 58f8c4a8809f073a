package dev.edge4j.examples.benchmarks.servers;

import dev.edge4j.examples.benchmarks.work.Answers;
import dev.edge4j.examples.benchmarks.work.Page;
import dev.edge4j.examples.benchmarks.work.Table;
import dev.edge4j.examples.benchmarks.work.Waiting;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;

/** Helidon SE: a virtual thread per connection. */
public final class HelidonMain {
  private HelidonMain() {}

  /** The port. */
  public static void main(String[] args) {
    WebServer.builder().port(Integer.parseInt(args[0])).routing(HelidonMain::routes).build().start();
  }

  private static void routes(HttpRouting.Builder routing) {
    routing.get("/plaintext", (_, to) -> send(to, Answers.TEXT, Answers.plaintext()));
    routing.get("/json", (_, to) -> send(to, Answers.JSON, Answers.json()));
    routing.get("/product/{id}", (from, to) -> send(to, Answers.JSON, Answers.product(from.path()
        .pathParameters()
        .get("id"), from.query().first("currency").orElse("USD"))));
    routing.post("/echo", (from, to) -> send(to, Answers.TEXT, from.content().as(byte[].class)));
    routing.get("/page", (_, to) -> send(to, Answers.HTML, Page.render()));
    routing.get("/burn", (_, to) -> send(to, Answers.TEXT, Waiting.burn()));
    routing.get("/sleep5", (_, to) -> send(to, Answers.TEXT, Waiting.sleep()));
    routing.get("/socket", (_, to) -> send(to, Answers.TEXT, Waiting.roundTrip()));
    Table.others()
        .forEach(pattern -> routing.get(Table.braces(pattern), (_, to) -> send(to, Answers.TEXT, Answers.plaintext())));
    Table.notes().forEach(pattern -> routing.get(Table.braces(pattern), (from, to) -> {
      var parameters = from.path().pathParameters();
      send(to, Answers.TEXT, Answers.note(parameters.get("id"), parameters.get("note")));
    }));
    for (int i = 0; i < 5; i++) {
      routing.any("/mw5", (_, to) -> to.next());
    }
    routing.get("/mw5", (_, to) -> send(to, Answers.TEXT, Answers.plaintext()));
  }

  private static void send(ServerResponse to, String type, byte[] body) {
    to.header(HeaderNames.CONTENT_TYPE, type).send(body);
  }
}
