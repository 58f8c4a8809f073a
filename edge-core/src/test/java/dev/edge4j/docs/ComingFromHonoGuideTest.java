package dev.edge4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.HttpError;
import dev.edge4j.NotFound;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.JwtAuth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The listings of docs/coming-from-hono.md. */
class ComingFromHonoGuideTest {
  record NewPost(String title) {}

  record Post(long id, String title) {}

  /** Numbers its posts from 1. */
  private static final class Posts {
    private final List<Post> all = new CopyOnWriteArrayList<>();

    List<Post> all() {
      return all;
    }

    Optional<Post> find(long id) {
      return all.stream().filter(post -> post.id() == id).findFirst();
    }

    Post add(NewPost post) {
      all.add(new Post(all.size() + 1L, post.title()));
      return all.getLast();
    }
  }

  private final Posts store = new Posts();
  private final String secret = "a secret of at least thirty-two bytes";

  private App blog() {
    // tag::app[]
    var app = new App();

    app.use((c, next) -> {
      long start = c.time().nanoTime();
      Response response = next.proceed();
      return response.withHeader("X-Time", Duration.ofNanos(c.time().nanoTime() - start).toString());
    });
    app.use("/admin/*", JwtAuth.hs256(secret));

    app.group("/posts", posts -> {
      posts.get("/", c -> c.json(store.all()));
      posts.get("/:id{[0-9]+}", c -> {
        long id = c.param("id").asLong();
        return c.json(store.find(id).orElseThrow(() -> new NotFound("no post " + id)));
      });
      posts.post("/", c -> c.json(201, store.add(c.body(NewPost.class))));
    });

    app.get("/admin/stats", c -> c.json(Map.of("posts", store.all().size())));
    app.get("/files/*path", c -> c.text("file " + c.param("path").asString()));

    app.onError((c, error) -> error instanceof HttpError known ? c.problem(known)
        : c.json(500, Map.of("error", "something broke")));
    // end::app[]
    return app;
  }

  @Test
  void aSmallApplication() {
    App app = blog();
    // tag::request[]
    Response created = app.request(Request.post("/posts").withJson("{\"title\":\"Hello\"}"));
    assertEquals(201, created.status());

    Response found = app.request("/posts/1");
    assertEquals("{\"id\":1,\"title\":\"Hello\"}", found.text());
    // end::request[]
    assertTrue(found.header("X-Time").isPresent());
    assertEquals("[{\"id\":1,\"title\":\"Hello\"}]", app.request("/posts").text());
    assertEquals(404, app.request("/posts/2").status());
    assertEquals(404, app.request("/posts/one").status());
    assertEquals(405, app.request(Request.of(Method.DELETE, "/posts/1")).status());
    assertEquals(401, app.request("/admin/stats").status());
    assertEquals("file a/b.txt", app.request("/files/a/b.txt").text());
    assertEquals(400, app.request(Request.post("/posts").withJson("{")).status());
  }

  @Test
  void aHeaderFieldBelongsToTheResponse() {
    var app = new App();
    // tag::headers[]
    app.get("/old", c -> c.text(410, "gone").withHeader("Cache-Control", "max-age=600"));
    // end::headers[]
    assertEquals(Optional.of("max-age=600"), app.request("/old").header("Cache-Control"));
  }

  @Test
  void exceptionsTravel() {
    var app = new App();
    // tag::travel[]
    app.use((c, next) -> {
      try {
        return next.proceed();
      } catch (IllegalStateException e) { // Hono's middleware never sees it
        return c.text(503, "try again: " + e.getMessage());
      }
    });
    // end::travel[]
    app.get("/", _ -> {
      throw new IllegalStateException("busy");
    });
    assertEquals("try again: busy", app.request("/").text());
  }

  @Test
  void hostsAndSlashesAreAskedForByName() {
    var app = new App();
    // tag::hosts[]
    app.host("api.example.com", api -> api.get("/", c -> c.text("the API")));
    app.get("/", c -> c.text("every other host"));
    // end::hosts[]
    assertEquals("the API", app.request(Request.get("/").withHeader("Host", "api.example.com")).text());
    assertEquals("every other host", app.request("/").text());
  }
}
