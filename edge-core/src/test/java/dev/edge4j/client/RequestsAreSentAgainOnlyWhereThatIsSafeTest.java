package dev.edge4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.resilience.BreakerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is executed twice that must not be, and nobody retries in silence. */
class RequestsAreSentAgainOnlyWhereThatIsSafeTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<String> retries = new CopyOnWriteArrayList<>();
  private final OriginOptions options = OriginOptions.defaults()
      .withOnRetry(retry -> retries.add(retry.attempt() + " " + retry.request() + " " + retry.cause().kind()));

  private static final ScriptedOrigin.Script HANGS_UP = ScriptedOrigin.Dialog::head;

  private static final ScriptedOrigin.Script ANSWERS = dialog -> {
    while (!dialog.head().isEmpty()) {
      dialog.say(OK);
    }
  };

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
  void whatMayBeDoneTwiceIs(String method) throws IOException {
    try (var origin = new ScriptedOrigin(HANGS_UP, HANGS_UP, ANSWERS);
        var client = OriginClient.to(origin.url(), options);
        OriginResponse response = client.send(Request.of(Method.of(method), "/a?secret=1"))) {
      assertEquals(200, response.status());
      assertEquals(3, response.attempts());
      assertEquals(List.of("2 " + method + " /a BROKEN", "3 " + method + " /a BROKEN"), retries);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "PROPPATCH"})
  void whatMayNotIsNot(String method) throws IOException {
    try (var origin = new ScriptedOrigin(HANGS_UP, ANSWERS); var client = OriginClient.to(origin.url(), options)) {
      OriginException e = assertThrows(OriginException.class, () -> client.send(Request.of(Method.of(method), "/")));
      assertEquals(OriginException.Kind.BROKEN, e.kind());
      assertFalse(e.neverExecuted());
      assertEquals(1, origin.connections());
      assertEquals(List.of(), retries);
    }
  }

  @Test
  void aStreamedBodyIsSentOnce() throws IOException {
    try (var origin = new ScriptedOrigin(HANGS_UP, ANSWERS); var client = OriginClient.to(origin.url(), options)) {
      Request request = Request.of(Method.PUT, "/").withBody(new RequestBody() {
        private final InputStream in = new ByteArrayInputStream(new byte[3]);

        @Override
        public InputStream stream() {
          return in;
        }

        @Override
        public boolean isReady(int bytes) {
          return false;
        }
      });
      assertThrows(OriginException.class, () -> client.send(request));
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void whatNobodyTookIsSentAgainWhateverItIs() throws IOException {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = taken.getLocalPort();
    }
    try (var client = OriginClient.to("http://127.0.0.1:" + port, options)) {
      OriginException e = assertThrows(OriginException.class, () -> client.send(Request.post("/").withJson("{}")));
      assertEquals(OriginException.Kind.CONNECT, e.kind());
      assertTrue(e.neverExecuted());
      assertEquals(List.of("2 POST / CONNECT", "3 POST / CONNECT"), retries);
    }
  }

  @Test
  void anAnswerIsAnAnswer() throws IOException {
    try (var origin = ScriptedOrigin.answering(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
        var client = OriginClient.to(origin.url(), options);
        OriginResponse response = client.send(Request.get("/"))) {
      assertEquals(503, response.status());
      assertEquals(1, response.attempts());
    }
  }

  @Test
  void aResponseThatHasBegunIsNotAskedForAgain() throws IOException {
    try (var origin = new ScriptedOrigin(dialog -> {
      dialog.head();
      dialog.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab");
    }, ANSWERS);
        var client = OriginClient.to(origin.url(), options);
        OriginResponse response = client.send(Request.get("/"))) {
      assertThrows(OriginException.class, () -> response.text(9));
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void retriesAreAShareOfAllRequestsAndNoMore() throws IOException {
    try (var origin = new ScriptedOrigin(HANGS_UP);
        var client = OriginClient.to(origin.url(), options.withoutBreaker())) {
      for (int i = 0; i < 100; i++) {
        assertThrows(OriginException.class, () -> client.send(Request.get("/")));
      }
      assertTrue(retries.size() >= 10, () -> retries.size() + " retries");
      assertTrue(retries.size() <= 60, () -> retries.size() + " retries"); // a tenth, the first burst, and one each second
    }
  }

  @Test
  void aConnectionThatTheOriginHasClosedIsNotUsed() throws Exception {
    ScriptedOrigin.Script once = dialog -> {
      dialog.head();
      dialog.say(OK);
    };
    try (var origin = new ScriptedOrigin(once); var client = OriginClient.to(origin.url(), options)) {
      for (int i = 0; i < 20; i++) {
        assertEquals("ok", client.send(Request.post("/")).text(9));
        while (origin.closed() <= i) { // on the loopback interface its end is there then
          Thread.onSpinWait();
        }
      }
      assertEquals(20, origin.connections());
      assertEquals(List.of(), retries);
    }
  }

  @Test
  void whatComesUnaskedIsNobodysAnswer() throws Exception {
    ScriptedOrigin.Script twice = dialog -> {
      dialog.head();
      dialog.say(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
      dialog.awaitEnd();
    };
    try (var origin = new ScriptedOrigin(twice, ANSWERS); var client = OriginClient.to(origin.url(), options)) {
      assertEquals("ok", client.send(Request.get("/")).text(9));
      assertEquals("ok", client.send(Request.get("/")).text(9));
      assertEquals(2, origin.connections());
    }
  }

  @Test
  void anOriginThatFailsTooOftenIsNotAsked() throws IOException {
    try (var origin = new ScriptedOrigin(HANGS_UP);
        var client = OriginClient.to(origin.url(), options.withRetries(0).withBreaker(BreakerOptions.defaults()))) {
      for (int i = 0; i < 20; i++) {
        assertThrows(OriginException.class, () -> client.send(Request.get("/")));
      }
      OriginException e = assertThrows(OriginException.class, () -> client.send(Request.get("/")));
      assertEquals(OriginException.Kind.BUSY, e.kind());
      assertEquals(20, origin.connections());
    }
  }

  @Test
  void overOneConnectionThatIsKept() throws IOException {
    try (var origin = ScriptedOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var kept = OriginClient.to(origin.url())) {
      for (int i = 0; i < 20; i++) {
        assertEquals("ok", kept.send(Request.get("/")).text(9));
      }
      assertEquals(1, origin.connections());
    }
  }

  @Test
  void hintsComeBeforeTheAnswer() throws IOException {
    List<String> hints = new ArrayList<>();
    OriginCall call = OriginCall.plain().withOnEarlyHints(fields -> hints.add(fields.first("Link").orElse("")));
    try (var origin = ScriptedOrigin.answering(
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage");
        var hinting = OriginClient.to(origin.url());
        OriginResponse response = hinting.send(Request.get("/"), call)) {
      assertEquals("page", response.text(9));
      assertEquals(List.of("</style.css>; rel=preload"), hints);
    }
  }

}
