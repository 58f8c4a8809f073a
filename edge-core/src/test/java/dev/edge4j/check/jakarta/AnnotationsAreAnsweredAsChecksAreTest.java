package dev.edge4j.check.jakarta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.App;
import dev.edge4j.BadRequest;
import dev.edge4j.FieldError;
import dev.edge4j.check.Check;
import dev.edge4j.check.Rule;
import dev.edge4j.http.Request;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A record with annotations is refused with the same problem as one with a check: every field, by the same path. */
@SuppressWarnings("NullAway") // what a client has left out is null, whatever the record says
class AnnotationsAreAnsweredAsChecksAreTest {
  private static final ValidatorFactory FACTORY = Validation.byDefaultProvider()
      .configure()
      .messageInterpolator(new ParameterMessageInterpolator())
      .buildValidatorFactory();
  private static final JakartaCheck CHECK = JakartaCheck.of(FACTORY.getValidator());

  interface Final {}

  record Line(@NotBlank(message = "must not be blank") String sku,
      @Min(value = 1, message = "must be at least 1") @Max(99) int quantity) {}

  record Address(@NotNull(message = "is missing") String city) {}

  record Order(@Size(min = 2, max = 20, message = "must have {min} to {max} characters") String name,
      @Valid Address address,
      @Valid List<Line> lines, List<@NotBlank(message = "must not be blank") String> tags,
      Map<String, @Min(value = 0, message = "must be at least 0") Integer> prices,
      @NotNull(message = "is missing", groups = Final.class) String payment) {}

  private static final Rule<String> NOT_BLANK = Rule.of(text -> !text.isBlank(), "must not be blank");
  private static final Check<Line> LINE = Check.of(Line.class)
      .that("sku", Line::sku, NOT_BLANK)
      .that("quantity", Line::quantity, Rule.of(q -> q >= 1, "must be at least 1"));
  private static final Check<Order> SAME = Check.of(Order.class)
      .nested("address", Order::address, Check.of(Address.class).that("city", Address::city))
      .each("lines", Order::lines, LINE)
      .that("name", Order::name, Rule.of(n -> n.length() >= 2, "must have 2 to 20 characters"))
      .each("tags", Order::tags, NOT_BLANK);

  private static final Order BAD = new Order("x", new Address(null), List.of(new Line("tea", 1), new Line(" ", 0)), List
      .of("a", ""),
      Map.of("tea", 1), "card");

  @AfterAll
  static void close() {
    FACTORY.close();
  }

  @Test
  void everyViolationIsNamedAsACheckNamesIt() {
    List<FieldError> errors = CHECK.errors(BAD);
    assertEquals(List.of("address.city is missing", "lines[1].quantity must be at least 1",
        "lines[1].sku must not be blank",
        "name must have 2 to 20 characters", "tags[1] must not be blank"), errors.stream()
            .map(e -> e.field() + " " + e.message())
            .toList());
    assertEquals(SAME.errors(BAD).stream().map(FieldError::toString).sorted().toList(), errors.stream()
        .map(FieldError::toString)
        .sorted()
        .toList());
  }

  @Test
  void theProblemIsTheSame() {
    var app = new App();
    app.post("/jakarta", c -> c.json(CHECK.require(c.body(Line.class))));
    app.post("/check", c -> c.json(LINE.require(c.body(Line.class))));
    String bad = "{\"sku\":\" \",\"quantity\":1}";
    assertEquals(400, app.request(Request.post("/jakarta").withJson(bad)).status());
    assertEquals(app.request(Request.post("/check").withJson(bad)).text(), app.request(Request.post("/jakarta")
        .withJson(bad)).text());
    assertEquals(200, app.request(Request.post("/jakarta").withJson("{\"sku\":\"tea\",\"quantity\":2}")).status());
  }

  @Test
  void keysOfMapsAreInThePath() {
    Order order = new Order("ann", new Address("Rome"), List.of(), List.of(), Map.of("tea", -1), "card");
    assertEquals(List.of(new FieldError("prices[tea]", "must be at least 0")), CHECK.errors(order));
  }

  @Test
  void groupsAreAskedWhereTheyAreNamed() {
    Order open = new Order("ann", new Address("Rome"), List.of(), List.of(), Map.of(), null);
    assertEquals(open, CHECK.require(open));
    BadRequest refused = assertThrows(BadRequest.class, () -> CHECK.require(open, Final.class));
    assertEquals(Optional.of(new FieldError("payment", "is missing")), refused.fields().stream().findFirst());
  }
}
