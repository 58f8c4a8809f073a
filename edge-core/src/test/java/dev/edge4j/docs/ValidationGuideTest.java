package dev.edge4j.docs;

import static dev.edge4j.check.Rules.between;
import static dev.edge4j.check.Rules.email;
import static dev.edge4j.check.Rules.notBlank;
import static dev.edge4j.check.Rules.oneOf;
import static dev.edge4j.check.Rules.size;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.check.Check;
import dev.edge4j.check.jakarta.JakartaCheck;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;

/** The listings of docs/validation.md. */
class ValidationGuideTest {
  private final App app = new App();

  // tag::check[]
  record Line(String sku, int quantity) {}

  record NewOrder(String email, String shipping, Optional<String> note, List<Line> lines) {}

  static final Check<Line> LINE = Check.of(Line.class)
      .that("sku", Line::sku, notBlank())
      .that("quantity", Line::quantity, between(1, 99));

  static final Check<NewOrder> ORDER = Check.of(NewOrder.class)
      .that("email", NewOrder::email, email())
      .that("shipping", NewOrder::shipping, oneOf("standard", "express"))
      .optional("note", NewOrder::note, notBlank())
      .that("lines", NewOrder::lines, size(1, 20))
      .each("lines", NewOrder::lines, LINE);
  // end::check[]

  @Test
  void aBodyIsCheckedAsAWhole() {
    // tag::body[]
    app.post("/orders", c -> {
      NewOrder order = ORDER.require(c.body(NewOrder.class));
      return c.json(201, order);
    });
    // end::body[]
    String good = "{\"sku\":\"tea\",\"quantity\":1}";
    assertEquals(201, post("a@b.de", "express", good).status());
    Response bad = post("a@b", "slow", good + ",{\"sku\":\" \",\"quantity\":0}");
    assertEquals(400, bad.status());
    for (String part : List.of("{\"field\":\"email\",\"message\":\"must be an email address\"}",
        "{\"field\":\"shipping\",\"message\":\"must be one of standard, express\"}",
        "{\"field\":\"lines[1].sku\",\"message\":\"must not be blank\"}",
        "{\"field\":\"lines[1].quantity\",\"message\":\"must be between 1 and 99\"}")) {
      assertTrue(bad.text().contains(part), bad.text());
    }
  }

  private Response post(String email, String shipping, String lines) {
    return app.request(Request.post("/orders")
        .withJson("{\"email\":\"" + email + "\",\"shipping\":\"" + shipping + "\",\"lines\":[" + lines + "]}"));
  }

  // tag::query[]
  record Search(String text, int page) {}

  static final Check<Search> SEARCH = Check.of(Search.class)
      .that("q", Search::text, notBlank())
      .that("page", Search::page, between(1, 1000));
  // end::query[]

  @Test
  void aQueryIsCheckedAsARecord() {
    // tag::search[]
    app.get("/search", c -> {
      var search = SEARCH.require(new Search(c.query("q").orElse(""), c.query("page").asInt(1)));
      return c.text(search.text() + " " + search.page());
    });
    // end::search[]
    assertEquals("tea 1", app.request("/search?q=tea").text());
    Response bad = app.request("/search?page=0");
    assertEquals(400, bad.status());
    assertTrue(bad.text().contains("q must not be blank; page must be between 1 and 1000"), bad.text());
  }

  // tag::jakarta[]
  record Signup(@NotBlank(message = "must not be blank") String name,
      @Min(value = 18, message = "must be at least 18") int age) {}

  static App signups(Validator validator) {
    JakartaCheck check = JakartaCheck.of(validator);
    var app = new App();
    app.post("/signups", c -> c.json(201, check.require(c.body(Signup.class))));
    return app;
  }
  // end::jakarta[]

  @Test
  void annotationsAreAnsweredInTheSameWay() {
    try (ValidatorFactory factory = Validation.byDefaultProvider()
        .configure()
        .messageInterpolator(new ParameterMessageInterpolator())
        .buildValidatorFactory()) {
      App signups = signups(factory.getValidator());
      assertEquals(201, signups.request(Request.post("/signups").withJson("{\"name\":\"Ann\",\"age\":20}")).status());
      Response bad = signups.request(Request.post("/signups").withJson("{\"name\":\" \",\"age\":2}"));
      assertEquals(400, bad.status());
      assertTrue(bad.text().contains("{\"field\":\"age\",\"message\":\"must be at least 18\"}"), bad.text());
    }
  }
}
