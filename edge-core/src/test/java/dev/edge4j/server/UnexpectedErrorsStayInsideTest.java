package dev.edge4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.FieldError;
import dev.edge4j.Gate;
import dev.edge4j.HttpError;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an unexpected error says, is, and came from never leaves the process; an id does, by which the log has all of it. */
@Timeout(30)
@Isolated("it reads what is logged")
class UnexpectedErrorsStayInsideTest {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final String SECRET = "password=hunter2 <script>alert(1)</script> \"}{";

  private final App app = new App();
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  UnexpectedErrorsStayInsideTest() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(stderr);
  }

  private static final class SecretlyNamedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretlyNamedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Says how to answer it, and fails at that. */
  private static final class Unspeakable extends HttpError {
    private static final long serialVersionUID = 1L;

    Unspeakable() {
      super(400, SECRET);
    }

    @Override
    public List<FieldError> fields() {
      throw new SecretlyNamedException(SECRET, this);
    }
  }

  static List<String> targets() {
    return List.of("/nested", "/message", "/checked", "/gate", "/onError", "/error", "/stream", "/mounted/nested",
        "/nowhere/at-all");
  }

  private void routes(App to) {
    to.get("/nested", _ -> {
      throw new SecretlyNamedException(SECRET, new IllegalStateException(SECRET, new UncheckedIOException(
          new java.io.IOException(SECRET))));
    });
    to.get("/message", _ -> {
      throw new IllegalArgumentException(SECRET);
    });
    to.get("/checked", _ -> {
      throw new Exception(SECRET);
    });
    to.with(new Gate() {
      @Override
      public Verdict before(dev.edge4j.Context c) {
        throw new SecretlyNamedException(SECRET, new IllegalStateException());
      }
    }).get("/gate", c -> c.text("x"));
    to.group("/onError")
        .onError((_, _) -> {
          throw new SecretlyNamedException(SECRET, new IllegalStateException());
        })
        .get("/", _ -> {
          throw new ArithmeticException(SECRET);
        });
    to.group("/nowhere")
        .notFound(_ -> {
          throw new SecretlyNamedException(SECRET, new IllegalStateException());
        });
    to.get("/unspeakable", _ -> {
      throw new Unspeakable();
    });
    to.get("/error", _ -> {
      throw new StackOverflowError(SECRET);
    });
    to.get("/stream", _ -> Response.of(200).withBody(new Body.Stream(_ -> {
      throw new SecretlyNamedException(SECRET, new IllegalStateException());
    })));
  }

  private String answer(String target, String accept) throws Exception {
    var mounted = new App();
    routes(mounted);
    routes(app);
    app.mount("/mounted", mounted);
    try (Server server = Server.start(app, ServerOptions.port(0).withHost("127.0.0.1"));
        var client = new RawClient(server)) {
      client.send("GET " + target + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\nAccept: " + accept + "\r\n\r\n");
      return client.rest();
    }
  }

  private String checked(String target, String accept) throws Exception {
    String whole = answer(target, accept);
    assertTrue(whole.startsWith("HTTP/1.1 500 "), whole);
    for (String secret : List.of("hunter2", "script", "Secretly", "Exception", "Error:", "dev.edge4j", "at java.",
        ".java")) {
      assertFalse(whole.contains(secret), () -> secret + " in " + whole);
    }
    assertTrue(log.toString(StandardCharsets.UTF_8).contains("hunter2"), "the log has it");
    return whole;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingOfItLeavesAsJson(String target) throws Exception {
    checked(target, "application/json");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void nothingOfItLeavesAsAPage(String target) throws Exception {
    checked(target, "text/html");
  }

  private String idIn(String text) {
    Matcher id = ID.matcher(text);
    assertTrue(id.find(), text);
    return id.group();
  }

  @Test
  void theIdOfTheProblemStandsInTheLogBesideTheError() throws Exception {
    String whole = checked("/nested", "*/*");
    String id = idIn(whole);
    assertTrue(whole.contains("Content-Type: application/problem+json") || whole.contains(
        "content-type: application/problem+json"), whole);
    assertTrue(whole.contains("\"instance\":\"urn:uuid:" + id + "\""), whole);
    String logged = log.toString(StandardCharsets.UTF_8);
    assertTrue(logged.lines().anyMatch(line -> line.contains("error " + id + " in GET /nested")), logged);
    assertTrue(logged.contains("SecretlyNamedException: " + SECRET), logged);
    assertTrue(logged.contains("Caused by: java.io.IOException: " + SECRET), logged);
  }

  @Test
  void theIdOfThePageStandsInTheLogToo() throws Exception {
    String id = idIn(checked("/nested", "text/html,*/*;q=0.8"));
    assertTrue(log.toString(StandardCharsets.UTF_8).contains("error " + id + " in GET /nested"));
  }

  @Test
  void anErrorOfAnErrorHandlerKeepsTheFirstInTheLog() throws Exception {
    checked("/onError", "*/*");
    assertTrue(log.toString(StandardCharsets.UTF_8).contains("java.lang.ArithmeticException: " + SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/unspeakable", "/mounted/unspeakable"})
  void anErrorThatCannotBeRenderedIsABare500(String target) throws Exception {
    checked(target, "application/json");
    assertEquals(500, app.request(target).status());
  }

  @Test
  void twoErrorsHaveTwoIds() {
    routes(app);
    assertEquals(2, List.of(app.request("/message"), app.request(Request.get("/message")))
        .stream()
        .map(Response::text)
        .map(this::idIn)
        .distinct()
        .count());
  }
}
