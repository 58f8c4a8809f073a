package dev.edge4j.render.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.secure.ContentSecurityPolicy;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.render.Late;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.render.script.Script;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.testing.TestClient;
import dev.edge4j.testing.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page leaves with places for what is late, each part follows when it is there, and nothing that fails after that breaks the page. */
@Timeout(60)
class LatePartsFollowThePageTest {
  /** A page with two late parts. */
  public record Page(Late<List<String>> reviews, Late<String> stock) {}

  private static final String PAGE = """
      <!doctype html><html><head><title>tea</title></head><body><h1>tea</h1>
      <ul>{{#reviews}}<li>{{.}}</li>{{/reviews}}{{^reviews}}<li>...</li>{{/reviews}}</ul>
      <p>{{#stock}}{{.}} left{{/stock}}{{^stock}}counting{{/stock}}</p></body></html>
      """;

  private static App app(String template, Object model) {
    var app = new App();
    app.use(Views.of(Map.of("page", template), ViewOptions.strict()));
    app.get("/", c -> c.stream("page", model));
    return app;
  }

  private static <T> Late<T> never() {
    return Late.of(() -> {
      new CountDownLatch(1).await();
      throw new IllegalStateException("never");
    });
  }

  @Test
  void firstThePageThenThePartsInTheOrderOfTheirCompletion() throws Exception {
    var go = new CountDownLatch(1);
    var page = new Page(Late.of(() -> {
      go.await();
      return List.of("good", "<bad>");
    }), Late.of(() -> {
      go.await();
      return "3";
    }));
    try (Server server = Server.start(app(PAGE, page), ServerOptions.port(0).withHost("127.0.0.1"));
        InputStream in = URI.create("http://127.0.0.1:" + server.port() + "/").toURL().openStream()) {
      String first = readTo(in, "counting<?end name=\"late-2\"></p>");
      assertTrue(first.contains("<ul><?start name=\"late-1\"><li>...</li><?end name=\"late-1\"></ul>"), first);
      assertTrue(first.contains("</script></head>"), first);
      go.countDown(); // nobody has waited for it so far
      String rest = new String(in.readAllBytes(), UTF_8);
      assertTrue(rest.contains("<template for=\"late-1\"><li>good</li><li>&lt;bad&gt;</li></template>\n"), rest);
      assertTrue(rest.contains("<template for=\"late-2\">3 left</template>\n"), rest);
      assertTrue(rest.endsWith("</template>\n</body></html>\n"), rest);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.txt", "page.md", "page.xml"})
  void whatIsNoHtmlWaitsForIt(String template) {
    var app = new App();
    app.use(Views.of(Map.of(template, "stock: {{#stock}}{{.}}{{/stock}}{{^stock}}?{{/stock}}"), ViewOptions.strict()));
    app.get("/", c -> c.stream(template, Map.of("stock", Late.of(() -> "7"))));
    assertEquals("stock: 7", app.request("/").text());
  }

  @ParameterizedTest
  @CsvSource({"true, 3", "false, 0"})
  void aNonceInALatePartIsThatOfItsPageOrNone(boolean inThePage, int times) throws Exception {
    String template = "<body>" + (inThePage ? "<b title=\"{{edge.nonce}}\">{{edge.nonce}}</b>" : "")
        + "<p>{{#stock}}{{edge.nonce}}{{/stock}}</p></body>";
    var go = new CountDownLatch(1);
    var app = new App();
    app.use(SecureHeaders.create()
        .contentSecurityPolicy(ContentSecurityPolicy.ownOrigin()
            .with(ContentSecurityPolicy.Directive.SCRIPT_SRC, ContentSecurityPolicy.NONCE)), Views.of(Map.of("page",
                template), ViewOptions.strict()));
    app.get("/", c -> c.stream("page", Map.of("stock", Late.of(() -> {
      go.await();
      return "7";
    }))));
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      URLConnection connection = URI.create("http://127.0.0.1:" + server.port() + "/").toURL().openConnection();
      Matcher nonce = Pattern.compile("'nonce-([^']+)'").matcher(connection.getHeaderField("Content-Security-Policy"));
      assertEquals(inThePage, nonce.find());
      go.countDown(); // the head has left
      try (InputStream in = connection.getInputStream()) {
        String page = new String(in.readAllBytes(), UTF_8);
        assertTrue(page.endsWith("</body>"), page);
        assertEquals(times, inThePage ? page.split(Pattern.quote(nonce.group(1)), -1).length - 1 : 0, page);
        assertEquals(inThePage, !page.contains("<template for=\"late-1\"></template>"), page);
      }
    }
  }

  private static String readTo(InputStream in, String end) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended with " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void thePartThatIsFirstThereComesFirst(Transport transport) {
    var second = new CountDownLatch(1);
    var first = new CountDownLatch(1);
    var stock = Late.of(() -> {
      second.await();
      return "3";
    });
    var reviews = Late.<List<String>>of(() -> {
      first.await();
      return List.of("good");
    });
    stock.whenDone(first::countDown);
    var app = new App();
    app.use(Views.of(Map.of("page", PAGE), ViewOptions.strict()));
    app.get("/", c -> {
      Response response = c.stream("page", new Page(reviews, stock));
      second.countDown(); // once the page is rendered
      return response;
    });
    try (TestClient client = TestClient.of(app, transport)) {
      String page = client.get("/").text();
      assertTrue(page.indexOf("for=\"late-2\"") < page.indexOf("for=\"late-1\""), page);
    }
  }

  @Test
  void whatIsThereAlreadyIsInItsPlace() throws Exception {
    var page = new Page(Late.of(() -> List.of("good")), Late.of(() -> "3"));
    page.reviews().await();
    page.stock().await();
    try (TestClient client = TestClient.inProcess(app(PAGE, page))) {
      String text = client.get("/").text();
      assertTrue(text.contains("<ul><li>good</li></ul>\n<p>3 left</p></body>"), text);
      assertFalse(text.contains("_edge4j"), text);
    }
  }

  @Test
  void whatFailsIsLeftOutAndThePageIsWhole() {
    var page = new Page(Late.of(() -> {
      throw new IllegalStateException("store away");
    }), LatePartsFollowThePageTest.<String>never().within(Duration.ofMillis(30)).orElse("some"));
    try (TestClient client = TestClient.inProcess(app(PAGE, page))) {
      Response response = client.get("/");
      assertEquals(200, response.status());
      String text = Patched.of(response.text());
      assertTrue(text.contains("<ul></ul>\n<p>some left</p></body></html>"), text);
    }
  }

  @Test
  void aPartWhoseTemplateFailsIsLeftOut() {
    var go = new CountDownLatch(1);
    Late<Map<String, Object>> late = Late.of(() -> {
      go.await();
      return Map.of("other", 1);
    });
    var app = new App();
    app.use(Views.of(Map.of("page", "<p>{{#late}}<b>{{name}}</b>{{/late}}{{^late}}...{{/late}}</p>"), ViewOptions
        .strict()));
    app.get("/", c -> {
      Response response = c.stream("page", Map.of("late", late));
      go.countDown();
      return response;
    });
    try (TestClient client = TestClient.inProcess(app)) {
      assertEquals("<p></p>", Patched.of(client.get("/").text()));
    }
  }

  @Test
  void anErrorInThePageItselfIsAnsweredAsAnError() {
    Late<String> late = never();
    try (TestClient client = TestClient.inProcess(app("<p>{{#late}}a{{/late}}</p>{{missing}}", Map.of("late", late)))) {
      assertEquals(500, client.get("/").status());
    }
    late.cancel();
  }

  @Test
  void whereNoElementMayStandItIsWaitedFor() {
    Late<String> late = Late.of(() -> "now");
    String template = "<html><head><title>{{#late}}{{.}}{{/late}}</title></head><body class=\"{{#late}}{{.}}{{/late}}\">{{late}}</body></html>";
    try (TestClient client = TestClient.inProcess(app(template, Map.of("late", late)))) {
      assertEquals("<html><head><title>now</title></head><body class=\"now\">now</body></html>", client.get("/")
          .text());
    }
  }

  @Test
  void theScriptStandsAtTheEndOfTheHeadAndInNoTextThatLooksLikeIt() {
    String head = "<head><!-- </head> --><title></head></title><script>'</head>'</script><style>/*</head>*/</style>";
    String template = "<html>" + head + "<meta charset=utf-8></HEAD><body><p>{{#late}}{{.}}{{/late}}</p></body></html>";
    var go = new CountDownLatch(1);
    Late<String> late = Late.of(() -> {
      go.await();
      return "now";
    });
    var app = new App();
    app.use(Views.of(Map.of("page", template), ViewOptions.strict()));
    app.get("/", c -> {
      Response response = c.stream("page", Map.of("late", late));
      go.countDown(); // later than the page
      return response;
    });
    try (TestClient client = TestClient.inProcess(app)) {
      String text = client.get("/").text();
      assertTrue(text.startsWith("<html>" + head + "<meta charset=utf-8><script async src=\""), text);
      assertTrue(text.contains("</script></HEAD><body>"), text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<template>%s</template>",
      "<div><template shadowrootmode=\"open\"><p>%s</p></template></div>",
      "<template><svg></svg>%s</template>", "<template><table><tr><td>%s</td></tr></table></template>",
      "<template><template></template>%s</template>", "<template></svg></p>%s</template>",
      "<svg><svg></svg>%s</svg>", "<svg><g><svg/><SVG a='>'></SVG></g>%s</svg>", "<math><svg></svg>%s</math>",
      "<svg><foreignObject><p></p></foreignObject>%s</svg>", "<svg><!-- </svg> --><svg></svg>%s</svg>",
      "<table><tr><td></td></tr><template><svg></svg></template>%s</table>"})
  void whereNoPatchReachesItIsWaitedFor(String place) {
    String page = streamed("<body>" + place.formatted("{{#late}}<b>{{.}}</b>{{/late}}{{^late}}...{{/late}}")
        + "</body>", Duration.ofMillis(200));
    assertEquals("<body>" + place.formatted("<b>now</b>") + "</body>", page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<template><svg><template></template></svg></template>%s", "<svg><svg/></svg>%s",
      "<svg><foreignObject><svg></svg>%s</foreignObject></svg>", "<svg><svg></svg><g></g></svg><p>%s</p>",
      "<p title='<svg>'>%s</p>", "<!-- <template> -->%s", "<table><tr><td><table></table>%s</td></tr></table>",
      "<div><template shadowrootmode='open'><slot></slot></template>%s</div>"})
  void behindThoseElementsItIsLate(String place) {
    String page = streamed("<body>" + place.formatted("{{#late}}<b>{{.}}</b>{{/late}}{{^late}}...{{/late}}")
        + "</body>");
    assertTrue(page.contains(place.formatted("<?start name=\"late-1\">...<?end name=\"late-1\">")), page);
    assertEquals("<body>" + place.formatted("<b>now</b>") + "</body>", Patched.of(page));
  }

  @Test
  void whatIsLateInALatePartKnowsWhatItStandsIn() {
    String template = "<body>{{#late}}<template>{{#inner}}{{.}}{{/inner}}</template>{{#inner}}<b>{{.}}</b>{{/inner}}{{/late}}</body>";
    var go = new CountDownLatch(1);
    Late<Map<String, Object>> outer = Late.of(() -> {
      go.await();
      return Map.of("inner", Late.of(() -> {
        Thread.sleep(50);
        return "in";
      }));
    });
    String page = streamed(template, Map.of("late", outer), go);
    assertEquals("<body><template>in</template><b>in</b></body>", Patched.of(page));
  }

  @ParameterizedTest
  @ValueSource(strings = {"</body></html><!-- </body> -->", "</body>\n</HTML >\n<!-- </body><!-- x -->\n",
      "</body></html><!-- \r\r> </body> -->", "</BODY ><!-- a --!><!-->"})
  void patchesGoToTheEndOfTheBodyThatIsOne(String end) {
    String page = streamed("<html><body><p>{{#late}}{{.}}{{/late}}</p>" + end);
    assertTrue(page.endsWith("</p><script async src=\"" + Script.LATE.path()
        + "\"></script><template for=\"late-1\">now</template>\n" + end), page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<iframe srcdoc=\"<body>hi</body>\"></iframe>", "<p title='</body>'>", "<p a=b'</body>c",
      "</body>behind", "</body><p>", "<textarea></body></textarea>", "<script>'</body>'</script>", "</body></p>",
      "</body></html>a", "<!-- </body> -->", "<iframe></body></html></iframe>", "</body ><!-- --> <i title='>'>"})
  void withoutThatEndTheyGoToTheEndOfThePage(String end) {
    String begin = "<p><?start name=\"late-1\"><?end name=\"late-1\"></p>";
    String page = streamed("<p>{{#late}}{{.}}{{/late}}</p>" + end);
    assertEquals(begin + end + Script.LATE.element() + "<template for=\"late-1\">now</template>\n", page);
  }

  private static String streamed(String template) {
    return streamed(template, Duration.ofSeconds(30));
  }

  /** A page whose late part comes when it is rendered, or so late if somebody waits for it. */
  private static String streamed(String template, Duration late) {
    var go = new CountDownLatch(1);
    return streamed(template, Map.of("late", Late.of(() -> {
      go.await(late.toMillis(), TimeUnit.MILLISECONDS);
      return "now";
    })), go);
  }

  /** A page that is rendered before its late part goes. */
  private static String streamed(String template, Object model, CountDownLatch go) {
    var app = new App();
    app.use(Views.of(Map.of("page", template), ViewOptions.strict()));
    app.get("/", c -> {
      Response response = c.stream("page", model);
      go.countDown();
      return response;
    });
    try (TestClient client = TestClient.inProcess(app)) {
      return client.get("/").text();
    }
  }

  @Test
  void anEmptyListLeavesNoSkeleton() {
    var page = new Page(Late.of(List::of), Late.of(() -> ""));
    try (TestClient client = TestClient.inProcess(app(PAGE, page))) {
      String text = Patched.of(client.get("/").text());
      assertTrue(text.contains("<ul></ul>\n<p></p>"), text);
    }
  }

  @Test
  void theScriptIsServedByTheViews() {
    var go = new CountDownLatch(1);
    var app = new App();
    app.use(Views.of(Map.of("page", PAGE), ViewOptions.strict()));
    app.get("/", c -> {
      Response response = c.stream("page", new Page(Late.of(() -> {
        go.await();
        return List.of("good");
      }), Late.of(() -> "3")));
      go.countDown();
      return response;
    });
    try (TestClient client = TestClient.inProcess(app)) {
      String text = client.get("/").text();
      int from = text.indexOf("src=\"") + 5;
      Response script = client.get(text.substring(from, text.indexOf('"', from)));
      assertEquals(200, script.status());
      assertEquals(Optional.of("public, max-age=31536000, immutable"), script.header("Cache-Control"));
      assertTrue(script.text().contains("MutationObserver"));
    }
  }

  @Test
  void headIsAnsweredWithoutWaitingAndInterruptsTheWork() throws Exception {
    var interrupted = new CountDownLatch(1);
    var page = new Page(never(), Late.of(() -> {
      try {
        new CountDownLatch(1).await();
        return "never";
      } finally {
        interrupted.countDown();
      }
    }));
    try (TestClient client = TestClient.overSocket(app(PAGE, page))) {
      assertEquals(200, client.send(Method.HEAD, "/").status());
    }
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void workIsInterruptedWhenTheVisitorLeaves() throws Exception {
    var interrupted = new CountDownLatch(2);
    var began = new AtomicInteger();
    var app = new App();
    app.use(Views.of(Map.of("page", PAGE), ViewOptions.strict()));
    app.get("/", c -> c.stream("page", new Page(waiting(began, interrupted), waiting(began, interrupted))));
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"))) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
        readTo(socket.getInputStream(), "late-2");
      }
      assertTrue(interrupted.await(20, TimeUnit.SECONDS));
      assertEquals(2, began.get());
    }
  }

  private static <T> Late<T> waiting(AtomicInteger began, CountDownLatch interrupted) {
    return Late.<T>of(() -> {
      began.incrementAndGet();
      try {
        new CountDownLatch(1).await();
        throw new IllegalStateException("never");
      } finally {
        interrupted.countDown();
      }
    }).within(Duration.ofMinutes(5));
  }
}
