package dev.edge4j.examples.shop.world;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.examples.shop.secrets.Sha256;
import dev.edge4j.http.Response;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The origin's rows for its edges: SQL over HTTP, as a libSQL server has it (Hrana 3, {@code POST /v3/pipeline}), on the SQLite file of the origin. Who asks
 * shows the token of one link, and the request and its answer take as long as that. Safe for use by many threads.
 *
 * <p>An edge that may send any statement is trusted as the origin itself is: this is for the edges of one program, over the loopback. Across networks,
 * {@code OriginService} runs registered statements alone.
 */
public final class OriginSql implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OriginSql.class);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int BATON_BYTES = 16;

  private record Waiting(SqlStream stream, String token, long since) {}

  private final Path file;
  private final Map<String, Link> links;
  private final Map<String, Waiting> streams = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** The rows of that file, for who shows one of these tokens. */
  public OriginSql(Path file, Map<String, Link> links) {
    this.file = file;
    this.links = Map.copyOf(links);
  }

  /** What a server serves. */
  public App app() {
    var app = new App();
    app.post("/v3/pipeline", this::pipeline);
    return app;
  }

  private Response pipeline(Context c) throws Exception {
    String token = token(c);
    Link link = Optional.ofNullable(links.get(token)).orElseThrow(() -> new HttpError(401, "an unknown token"));
    var _ = link.cross();
    closeIdle();
    Map<?, ?> body = c.body(Map.class);
    SqlStream stream = stream(Optional.ofNullable(body.get("baton")).map(String::valueOf), token);
    Map<String, Object> answer = answer(stream, body, token);
    var _ = link.cross();
    return c.json(answer);
  }

  private Map<String, Object> answer(SqlStream stream, Map<?, ?> body, String token) throws SQLException {
    List<Object> results = new ArrayList<>();
    boolean open = true;
    try {
      for (Object request : (List<?>) Optional.ofNullable(body.get("requests")).orElse(List.of())) {
        Map<?, ?> each = (Map<?, ?>) request;
        open = open && !"close".equals(each.get("type"));
        results.add(stream.answer(each));
      }
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
    Map<String, Object> answer = new HashMap<>();
    answer.put("results", results);
    if (open) {
      answer.put("baton", keep(stream, token));
    }
    return answer;
  }

  private String keep(SqlStream stream, String token) {
    var bytes = new byte[BATON_BYTES];
    random.nextBytes(bytes);
    String baton = HexFormat.of().formatHex(bytes);
    streams.put(baton, new Waiting(stream, token, System.nanoTime()));
    return baton;
  }

  /** A baton is good once, and for the link that it was given to. */
  private SqlStream stream(Optional<String> baton, String token) throws SQLException {
    if (baton.isEmpty()) {
      return new SqlStream(file);
    }
    Waiting waiting = streams.remove(baton.get());
    if (waiting == null || !waiting.token().equals(token)) {
      throw new HttpError(400, "an unknown baton: its stream has ended");
    }
    return waiting.stream();
  }

  private void closeIdle() {
    long now = System.nanoTime();
    streams.forEach((baton, waiting) -> {
      if (now - waiting.since() > IDLE.toNanos() && streams.remove(baton, waiting)) {
        close(waiting.stream());
      }
    });
  }

  /** Found without a comparison that stops early: what is looked up is a hash of what was sent. */
  private static String token(Context c) {
    String field = c.header("Authorization").orElse("");
    return hashed(field.startsWith("Bearer ") ? field.substring("Bearer ".length()) : "");
  }

  /** A token as the map of links names it. */
  public static String hashed(String token) {
    return Sha256.hex(token);
  }

  private static void close(SqlStream stream) {
    try {
      stream.close();
    } catch (SQLException e) {
      LOG.warn("a connection to the origin's rows was not closed", e);
    }
  }

  /** Ends the streams that are open; what they have not committed is undone. */
  @Override
  public void close() {
    streams.values().forEach(waiting -> close(waiting.stream()));
    streams.clear();
  }
}
