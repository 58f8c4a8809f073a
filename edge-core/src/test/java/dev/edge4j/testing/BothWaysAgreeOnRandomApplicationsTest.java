package dev.edge4j.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever an application answers to whatever request: both ways give the same status, fields and bytes, or both break off. */
class BothWaysAgreeOnRandomApplicationsTest {
  private static final int MAX_BODY = 50;
  private static final Set<String> SEEN = new TreeSet<>();
  private static final AtomicReference<App> CURRENT = new AtomicReference<>(new App());

  @SuppressWarnings("NullAway.Init") private static TestClient socket;

  @SuppressWarnings("NullAway.Init") private static TestClient inProcess;

  /** One server for all tries: what it serves has the application of the try mounted. */
  @BeforeContainer
  static void start() {
    socket = client(Transport.SOCKET);
    inProcess = client(Transport.IN_PROCESS);
  }

  private static TestClient client(Transport way) {
    var front = new App();
    front.mount("/", _ -> CURRENT.get());
    return TestClient.of(front, way, ServerOptions.port(0).withMaxBodyBytes(MAX_BODY));
  }

  @AfterContainer
  static void stop() {
    socket.close();
    inProcess.close();
    assertTrue(SEEN.containsAll(List.of("broke off", "200", "204", "400", "404", "413", "500")),
        "the tries were too tame: " + SEEN);
  }

  private enum Lane {
    GATE, INLINE, HANDLER, MIDDLEWARE
  }

  private enum Ending {
    EMPTY, BYTES, STREAM, STREAM_THAT_NEVER_BEGINS, STREAM_THAT_BREAKS, PROBLEM, ECHO
  }

  private record Answer(int status, Headers headers, byte[] body) {}

  private record Sent(Method method, String target, Headers headers, byte[] body) {
    Request request() {
      return new Request(method, new RequestTarget(target, "/", ""), headers, RequestBody.of(body), "http", InetAddress
          .getLoopbackAddress());
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE) // there are so many that nothing else would be tried
  void theyAgree(@ForAll Lane lane, @ForAll Ending ending, @ForAll("answers") Answer answer,
      @ForAll("requests") Sent sent) {
    CURRENT.set(app(lane, ending, answer));
    String expected = outcome(inProcess, sent);
    assertEquals(expected, outcome(socket, sent));
    SEEN.add(expected.lines().findFirst().orElseThrow());
  }

  private static String outcome(TestClient client, Sent sent) {
    try {
      Response response = client.send(sent.request());
      byte[] body = response.body() instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0];
      return response.status() + "\n" + response.headers() + "\n" + new String(body, ISO_8859_1);
    } catch (UncheckedIOException e) {
      return "broke off";
    }
  }

  private static App app(Lane lane, Ending ending, Answer answer) {
    var app = new App();
    switch (lane) {
      case GATE -> app.use(new Answering(ending, answer));
      case MIDDLEWARE -> app.use((_, next) -> next.proceed().withAddedHeader("X-Around", "yes"));
      default -> {
        // The handler alone.
      }
    }
    Handler handler = c -> response(c, ending, answer);
    app.all("/a/*", lane == Lane.INLINE && ending != Ending.ECHO ? Handler.inline(handler) : handler);
    return app;
  }

  private record Answering(Ending ending, Answer answer) implements Gate {
    @Override
    public Verdict before(Context c) {
      return ending == Ending.ECHO ? Verdict.pass() : Verdict.answer(response(c, ending, answer));
    }

    @Override
    public Response after(Context c, Response response) {
      return response.withAddedHeader("X-Gate", "yes");
    }
  }

  private static Response response(Context c, Ending ending, Answer answer) {
    var bare = new Response(answer.status, answer.headers, Body.empty());
    return switch (ending) {
      case EMPTY -> bare;
      case BYTES -> bare.withBody(new Body.Bytes(answer.body));
      case STREAM -> bare.withBody(new Body.Stream(out -> {
        out.write(answer.body);
        out.flush();
        out.write(answer.body);
      }));
      case STREAM_THAT_NEVER_BEGINS -> bare.withBody(new Body.Stream(_ -> {
        throw new IllegalStateException("before the first byte");
      }));
      case STREAM_THAT_BREAKS -> bare.withBody(new Body.Stream(out -> {
        out.write('x');
        throw new IOException("after the first byte");
      }));
      case PROBLEM -> throw new HttpError(Math.max(400, answer.status), "a problem", answer.headers);
      case ECHO -> bare.withBody(new Body.Bytes((c.method() + " " + c.path() + " " + c.request().target().raw() + " "
          + c
              .request()
              .target()
              .query() + "\n" + c.headers() + new String(c.bodyBytes(), ISO_8859_1)).getBytes(ISO_8859_1)));
    };
  }

  @Provide
  Arbitrary<Answer> answers() {
    return Combinators.combine(Arbitraries.of(200, 200, 200, 201, 204, 205, 206, 302, 304, 404, 451, 500, 599),
        headers("Content-Type", "content-length", "X-One", "x-one", "Connection", "Date", "Set-Cookie", "Trailer",
            "Transfer-Encoding"), bodies(200)).as(Answer::new);
  }

  @Provide
  Arbitrary<Sent> requests() {
    Arbitrary<Headers> fields = headers("Accept", "X-One", "x-one", "Cookie", "Expect", "Connection", "Content-Type");
    return Combinators.combine(Arbitraries.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PURGE", "get"),
        targets(), Combinators.combine(fields, Arbitraries.of(false, true)).as(Tuple::of), bodies(2 * MAX_BODY))
        .as((method, target, head, body) -> new Sent(Method.of(method), target, head.get2() ? head.get1()
            .with("Transfer-Encoding", "chunked") : head.get1(), body));
  }

  private static Arbitrary<String> targets() {
    Arbitrary<String> good = Arbitraries.of("/", "/a", "b", "-", "1", "..", ".", "%2e", "%2E%2e", "%2F", "%25", "%2525",
        "%41", "%c3%a9", "?", "q=1&", "+", ";", ":", "|", "\u00e9", "\"", "{", "~");
    Arbitrary<String> bad = Arbitraries.of("%zz", "%", "%00", "%c3", "%c0%ae", "\\", "#");
    Arbitrary<String> starts = Arbitraries.frequency(Tuple.of(12, "/a/"), Tuple.of(1, "/"), Tuple.of(1, ""), Tuple.of(1,
        "//"), Tuple.of(1, "http://h/a/"), Tuple.of(1, "http://h"), Tuple.of(1, "*"));
    return Combinators.combine(starts, Arbitraries.frequencyOf(Tuple.of(15, good), Tuple.of(1, bad))
        .list()
        .ofMaxSize(6))
        .as((start, rest) -> start + String.join("", rest))
        .filter(target -> !target.isEmpty());
  }

  private static Arbitrary<Headers> headers(String... names) {
    Arbitrary<String> values = Arbitraries.oneOf(Arbitraries.of("", "close", "keep-alive", "100-continue", "text/html",
        "chunked", "1"), Arbitraries.strings()
            .withCharRange(' ', '~')
            .withCharRange('\u0080', '\u00ff')
            .withChars('\t')
            .ofMaxLength(20));
    return Combinators.combine(Arbitraries.of(names), values)
        .as(Headers::of)
        .list()
        .ofMaxSize(4)
        .map(all -> {
          Headers.Builder joined = Headers.builder();
          all.forEach(one -> one.forEach(joined::add));
          return joined.build();
        });
  }

  private static Arbitrary<byte[]> bodies(int max) {
    return Arbitraries.oneOf(Arbitraries.bytes().array(byte[].class).ofMaxSize(max), Arbitraries.bytes()
        .array(byte[].class)
        .ofSize(max));
  }
}
