package dev.edge4j.examples.conformance;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.EventStream;
import dev.edge4j.Message;
import dev.edge4j.WebSocket;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.http.Cookies;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.http.ServerSentEvent;
import dev.edge4j.middleware.Cors;
import dev.edge4j.middleware.files.StaticFiles;
import dev.edge4j.server.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;

/** The routes that probes ask; {@code examples/conformance/README.md} lists them. */
public final class ConformanceApp {
  private static final int TICKS = 3;

  private ConformanceApp() {}

  /** The application, before its first request. */
  public static App of(ConformanceOptions options, Readiness readiness) {
    var app = new App();
    app.get("/readyz", readiness.handler());
    app.get("/", c -> c.text("OK"));
    app.on(Method.OPTIONS, "/", c -> c.text("OK"));
    app.post("/", ConformanceApp::echoBody);
    app.all("/echo", c -> c.text(c.headers().toString()));
    app.all("/cookie", c -> c.text(Cookies.all(c.headers())
        .stream()
        .map(cookie -> cookie.name() + "=" + cookie.value() + "\n")
        .collect(Collectors.joining())));
    app.post("/json", ConformanceApp::readJson);
    app.get("/sse", c -> c.sse(ConformanceApp::ticks));
    app.ws("/ws", WebSocketOptions.defaults().withAnyOrigin(), ConformanceApp::echoMessages);
    app.use("/cors/*", Cors.of(options.allowedOrigin())
        .credentials()
        .methods(Method.GET, Method.PUT)
        .headers("x-a")
        .maxAge(Duration.ofMinutes(10)));
    app.get("/cors/x", c -> c.text("got"));
    app.put("/cors/x", c -> c.text("put " + c.bodyText()));
    app.get("/static/*path", StaticFiles.from(options.files()));
    return app;
  }

  private static Response echoBody(Context c) {
    String type = c.header("Content-Type").orElse("application/octet-stream");
    return Response.bytes(200, type, c.bodyBytes());
  }

  private static void echoMessages(WebSocket ws) {
    for (Message message : ws) {
      ws.send(message);
    }
  }

  private static Response readJson(Context c) {
    if (!c.bodyText().strip().equals("null")) { // JSON, but nothing that a handler could be given
      c.body(Object.class); // 415 if it is not declared as JSON, 400 if it is none
    }
    return c.empty();
  }

  /** Three ticks of two lines, those behind the last one that the client has seen. */
  private static void ticks(EventStream events) throws IOException {
    for (int i = seen(events) + 1; i <= TICKS; i++) {
      events.send(ServerSentEvent.of("tick " + i + "\nof " + TICKS).withEvent("tick").withId(String.valueOf(i)));
    }
  }

  private static int seen(EventStream events) {
    return events.lastEventId().filter(id -> id.matches("[0-9]{1,9}")).map(Integer::parseInt).orElse(0);
  }
}
