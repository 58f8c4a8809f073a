package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.http.Method;
import dev.edge4j.http.Request;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A form's POST finds the route of the method that it names, among those that it may name. */
class MethodOverrideReroutesTest {
  private final AtomicInteger seen = new AtomicInteger();

  private App app() {
    var app = new App();
    app.use((c, next) -> {
      seen.incrementAndGet();
      return next.proceed();
    });
    app.post("/item/:id", c -> c.text("posted " + c.param("id").asString()));
    app.put("/item/:id", c -> c.text("put " + c.param("id").asString()));
    app.delete("/item/:id", c -> c.text("deleted " + c.param("id").asString()));
    app.get("/item/:id", c -> c.text("got " + c.param("id").asString()));
    return app;
  }

  @ParameterizedTest
  @CsvSource({"_method=DELETE, 200, deleted 7", "a=1&_method=put, 200, put 7", "a=1, 200, posted 7",
      "_method=POST, 200, posted 7", "_method=GET, 400,", "_method=CONNECT, 400,", "_method=, 400,",
      "_method=PATCH, 405,"})
  void aFormNamesItInAField(String form, int status, String text) {
    var response = MethodOverride.form("_method").around(app()).request(Request.post("/item/7").withForm(form));
    assertEquals(status, response.status());
    if (status == 200) {
      assertEquals(text, response.text());
      assertEquals(1, seen.get(), "runs of the middleware inside");
    }
  }

  @Test
  void theHandlerStillReadsTheForm() {
    var app = new App();
    app.put("/", c -> c.text(c.form("name").asString()));
    assertEquals("tea", MethodOverride.form("_method")
        .around(app)
        .request(Request.post("/")
            .withForm("name=tea&_method=PUT"))
        .text());
  }

  @Test
  void aHeaderOrAQueryMayNameIt() {
    assertEquals("deleted 7", MethodOverride.header("X-HTTP-Method-Override")
        .around(app())
        .request(Request.post("/item/7")
            .withHeader("X-HTTP-Method-Override", "DELETE"))
        .text());
    assertEquals("put 7", MethodOverride.query("_method")
        .around(app())
        .request(Request.post("/item/7?_method=PUT"))
        .text());
    assertEquals(400, MethodOverride.query("_method")
        .around(app())
        .request(Request.post("/item/7?_method=TRACE"))
        .status());
  }

  @Test
  void noOtherMethodIsTouchedAndNothingWithoutIt() {
    assertEquals("got 7", MethodOverride.query("_method").around(app()).request("/item/7?_method=DELETE").text());
    assertEquals("posted 7", app().request(Request.post("/item/7?_method=DELETE")
        .withHeader("X-HTTP-Method-Override", "DELETE")).text());
  }

  @Test
  void theListIsTheApplications() {
    var override = MethodOverride.query("_method").to(Method.DELETE).around(app());
    assertEquals(400, override.request(Request.post("/item/7?_method=PUT")).status());
    assertThrows(IllegalArgumentException.class, () -> MethodOverride.query("_method").to(Method.GET));
    assertThrows(IllegalArgumentException.class, () -> MethodOverride.query("_method").to());
    assertThrows(IllegalArgumentException.class, () -> MethodOverride.form(" "));
  }
}
