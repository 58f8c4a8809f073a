package dev.edge4j.render.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.render.LiveFragment;
import dev.edge4j.render.TemplateException;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A block of a page is sent whole to each browser that comes, and after that what has changed, in its pace. */
@Timeout(60)
class LiveFragmentsStayUpToDateTest {
  /** A shelf. */
  public record Shelf(String name, List<Item> items, boolean open) {}

  /** On a shelf. */
  public record Item(String id, int left) {}

  private static final Views VIEWS = Views.of(Map.of("page", """
      <main>{{$shelf}}<h2 class="{{name}}">{{name}}</h2>{{#open}}<ul>{{#items}}{{>item}}{{/items}}</ul>{{/open}}\
      {{^open}}<p>closed</p>{{/open}}{{/shelf}}</main>""", "item", "<li id=\"{{id}}\">{{left}} left</li>"), ViewOptions
      .strict());

  private static final LiveFragment LIVE = VIEWS.live("page", "shelf");

  /** Reads events as a browser does. */
  private static final class Events implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader in;
    final LiveBrowser browser = new LiveBrowser();

    Events(Server server) throws IOException {
      connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + server.port() + "/live")
          .toURL()
          .openConnection();
      connection.setReadTimeout(30_000);
      in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
    }

    String next() throws IOException {
      while (true) {
        String line = in.readLine();
        if (line == null) {
          throw new IOException("the stream has ended");
        }
        if (line.startsWith("data: ")) {
          browser.receive(line.substring(6));
          return line.substring(6);
        }
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  private static Server server(App app) {
    return Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
  }

  @Test
  void allOnceAndThenWhatHasChanged() throws Exception {
    var shelf = new AtomicReference<>(new Shelf("tea", List.of(new Item("a", 1), new Item("b", 2)), true));
    var app = new App();
    app.get("/live", c -> LIVE.every(c, Duration.ofMillis(5), shelf::get));
    try (Server server = server(app); var events = new Events(server)) {
      String all = events.next();
      assertTrue(all.contains("\"n\""), all);
      assertEquals("<h2 class=\"tea\">tea</h2><ul><li id=\"a\">1 left</li><li id=\"b\">2 left</li></ul>", events.browser
          .html());
      shelf.set(new Shelf("tea", List.of(new Item("a", 1), new Item("b", 7)), true));
      String change = events.next();
      assertTrue(change.length() < 60 && change.contains("\"7\""), change);
      assertTrue(events.browser.html().contains("<li id=\"b\">7 left</li>"), events.browser.html());
      shelf.set(new Shelf("<tea>", List.of(), false));
      events.next();
      assertEquals("<h2 class=\"&lt;tea&gt;\">&lt;tea&gt;</h2><p>closed</p>", events.browser.html());
      shelf.set(new Shelf("tea", List.of(new Item("c", 3)), true));
      events.next();
      assertEquals("<h2 class=\"tea\">tea</h2><ul><li id=\"c\">3 left</li></ul>", events.browser.html());
    }
  }

  @Test
  void isTheSameHtmlAsTheBlockInThePage() throws Exception {
    var shelf = new Shelf("tea", List.of(new Item("a", 1)), true);
    var app = new App();
    app.get("/live", c -> LIVE.every(c, Duration.ofSeconds(60), () -> shelf));
    try (Server server = server(app); var events = new Events(server)) {
      events.next();
      assertEquals("<main>" + events.browser.html() + "</main>", new String(VIEWS.render("page", shelf), UTF_8));
    }
  }

  @Test
  void whoComesAgainIsSentAllAgain() throws Exception {
    var app = new App();
    app.get("/live", c -> LIVE.every(c, Duration.ofMillis(5), () -> new Shelf("tea", List.of(), true)));
    try (Server server = server(app)) {
      for (int i = 0; i < 3; i++) {
        try (var events = new Events(server)) {
          assertTrue(events.next().contains("\"n\""));
        }
      }
    }
  }

  @Test
  void changesInBetweenAreOneAndTheSubscriptionEndsWithTheStream() throws Exception {
    var ended = new CountDownLatch(1);
    var changed = new AtomicReference<Runnable>(() -> {});
    var asked = new AtomicInteger();
    var app = new App();
    app.get("/live", c -> LIVE.whenChanged(c, Duration.ofMillis(100), () -> new Shelf("tea " + asked.incrementAndGet(),
        List
            .of(), true), runnable -> {
              changed.set(runnable);
              return ended::countDown;
            }));
    try (Server server = server(app)) {
      try (var events = new Events(server)) {
        events.next();
        for (int i = 0; i < 1_000; i++) {
          changed.get().run();
        }
        events.next();
        assertTrue(events.browser.html().contains(">tea 2<"), events.browser.html());
        assertEquals(2, asked.get(), "nobody asks for the model while nothing changes");
      }
      changed.get().run(); // the server finds the browser gone when it has something to send
      while (!ended.await(50, TimeUnit.MILLISECONDS)) {
        changed.get().run();
      }
    }
  }

  @Test
  void aBlockThatIsNotThereIsAnErrorAtStart() {
    TemplateException e = assertThrows(TemplateException.class, () -> VIEWS.live("page", "shelv"));
    assertTrue(e.getMessage().contains("shelf"), e.getMessage());
    var app = new App();
    app.get("/live", c -> {
      assertThrows(IllegalArgumentException.class, () -> LIVE.every(c, Duration.ZERO, () -> ""));
      return c.text("told");
    });
    assertEquals("told", app.request("/live").text());
  }
}
