package hello;

import dev.edge4j.App;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Serves one greeting, asks itself for it over a socket, and prints the answer. */
public final class Hello {
  record Greeting(String text) {}

  private Hello() {}

  /** Exits with 0 if the server answered. */
  public static void main(String[] args) throws Exception {
    var app = new App();
    app.get("/hello/:name", c -> c.json(new Greeting("Hello, " + c.param("name").asString())));
    try (var server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1")); var client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.port() + "/hello/edge");
      var answer = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      System.out.println(answer.statusCode() + " " + answer.body());
    }
  }
}
