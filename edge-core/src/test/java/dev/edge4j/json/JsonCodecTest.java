package dev.edge4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON is read strictly, and an error names the field. */
class JsonCodecTest {
  record Line(long productId, int quantity) {}

  record Order(String name, List<Line> lines, Optional<String> coupon, @Nullable String note) {}

  private final JsonCodec codec = JsonCodec.jackson();

  @Test
  void readsRecords() {
    Order order = codec.read("{\"name\":\"x\",\"lines\":[{\"productId\":1,\"quantity\":2}]}".getBytes(UTF_8),
        Order.class);
    assertEquals(new Order("x", List.of(new Line(1, 2)), Optional.empty(), null), order);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{\"lines\":[]} | name | is missing",
      "{\"name\":null,\"lines\":[]} | name | must not be null",
      "{\"name\":\"x\",\"lines\":[{\"productId\":1}]} | lines[0].quantity | is missing",
      "{\"name\":\"x\",\"lines\":[{\"productId\":1,\"quantity\":\"two\"}]} | lines[0].quantity | must be a whole number, not text",
      "{\"name\":\"x\",\"lines\":[{\"productId\":1,\"quantity\":1.5}]} | lines[0].quantity | must be a whole number",
      "{\"name\":\"x\",\"lines\":[{\"productId\":1,\"quantity\":99999999999}]} | lines[0].quantity | must be a whole number from",
      "{\"name\":\"x\",\"lines\":[],\"extra\":1} | extra | is not a known field",
      "{\"name\":\"x\",\"lines\":[]} {} | '' | there is more",
      "{\"name\": | '' | line 1, column 9: it ends too early",
      "null | '' | null",
      "'' | '' | nothing"})
  void namesTheFieldThatIsWrongAndSaysHow(String json, String field, String start) {
    JsonException e = assertThrows(JsonException.class, () -> codec.read(json.getBytes(UTF_8), Order.class));
    assertEquals(field, e.field());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(start), message);
    assertFalse(message.contains("dev.edge4j") || message.contains("java.lang"), message);
  }
}
