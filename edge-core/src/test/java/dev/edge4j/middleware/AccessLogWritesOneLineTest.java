package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** One line for each response, with nothing secret in it and no way to forge another. */
class AccessLogWritesOneLineTest {
  private final List<String> lines = new ArrayList<>();

  private String line(Request request) {
    var app = new App();
    app.use(AccessLog.to(lines::add), RequestId.create());
    app.get("/", c -> c.text("hello"));
    app.get("/stream", c -> Response.of(200).withBody(new Body.Stream(out -> out.write(1))));
    lines.clear();
    app.request(request);
    assertEquals(1, lines.size());
    return lines.getFirst();
  }

  @Test
  void withTheFieldsInOrder() {
    String line = line(Request.get("/").withHeader("X-Request-Id", "id-1"));
    assertTrue(line.matches("method=GET path=/ status=200 ms=\\d+\\.\\d{3} bytes=5 id=id-1 client=127\\.0\\.0\\.1"),
        line);
  }

  @Test
  void ofErrorsAndStreamsToo() {
    assertTrue(line(Request.get("/nowhere")).contains("path=/nowhere status=404 "));
    assertTrue(line(Request.get("/stream")).contains(" bytes=- "));
  }

  @Test
  void withoutAnIdTheValueIsAHyphen() {
    var app = new App();
    app.use(AccessLog.to(lines::add));
    app.request("/");
    assertTrue(lines.getFirst().contains(" id=- "));
  }

  @Test
  void queriesAndHeaderValuesAreNotWritten() {
    String line = line(Request.get("/?token=hunter2")
        .withHeader("Authorization", "Bearer hunter2")
        .withHeader("Cookie",
            "session=hunter2"));
    assertFalse(line.contains("hunter2"), line);
  }

  @Test
  void whatTheClientChoseIsEscaped() {
    assertTrue(line(Request.get("/a%20status=200%22%E2%80%A8%C2%85")).contains(
        " path=/a\\u0020status\\u003d200\\u0022\\u2028\\u0085 "));
    assertTrue(line(Request.get("/$%7Bjndi:x%7D%E2%80%AE")).contains(" path=/\\u0024\\u007bjndi:x\\u007d\\u202e "));
    assertTrue(line(Request.get("/caf%C3%A9")).contains(" path=/caf\u00e9 "));
  }

  @Test
  void aLongPathIsCut() {
    assertTrue(line(Request.get("/" + "x".repeat(5_000))).contains("x... status=404"));
  }

  @Property(tries = 300)
  void noPathCanForgeALineOrAField(@ForAll String text) {
    var app = new App();
    app.use(AccessLog.to(lines::add));
    app.get("/", c -> c.text(""));
    var target = new dev.edge4j.http.RequestTarget("/", "/" + text, "");
    app.request(Request.get("/").withTarget(target));
    String line = lines.getLast();
    assertEquals(7, line.split("\\s", -1).length, line);
    assertEquals(7, line.chars().filter(c -> c == '=').count(), line);
    assertEquals(1, line.lines().count());
  }
}
