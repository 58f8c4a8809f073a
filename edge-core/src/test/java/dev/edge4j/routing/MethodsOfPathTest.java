package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A path knows which methods someone registered for it. */
class MethodsOfPathTest {
  private final RouteTable<String> table = RouteTable.<String>builder()
      .add(RouteTable.ANY, PathPattern.parse("*"), "log")
      .add("POST", PathPattern.parse("/orders"), "place")
      .add("GET", PathPattern.parse("/orders/:id"), "show")
      .add("DELETE", PathPattern.parse("/orders/:id{[0-9]+}"), "drop")
      .add("GET", PathPattern.parse("/orders/:id?"), "list")
      .build();

  @Test
  void inRegistrationOrderEachOnce() {
    assertEquals(List.of("POST", "GET"), List.copyOf(table.methods("/orders")));
    assertEquals(List.of("GET", "DELETE"), List.copyOf(table.methods("/orders/7")));
    assertEquals(List.of("GET"), List.copyOf(table.methods("/orders/seven")));
  }

  @Test
  void whatAnswersEveryMethodIsNotCounted() {
    assertEquals(List.of(), List.copyOf(table.methods("/nowhere")));
    assertEquals(List.of("log"), table.all("GET", "/nowhere").stream().map(RouteTable.Entry::value).toList());
  }

  @Test
  void answersCannotBeChanged() {
    assertThrows(UnsupportedOperationException.class, () -> table.methods("/orders").add("PUT"));
    assertThrows(UnsupportedOperationException.class, () -> table.all("GET", "/orders").clear());
  }

  @Test
  void aBuilderUsedOnDoesNotChangeWhatItBuilt() {
    var builder = RouteTable.<String>builder().add("GET", PathPattern.parse("/a"), "first");
    var before = builder.build();
    var after = builder.add("GET", PathPattern.parse("/a"), "second").build();
    assertEquals(1, before.all("GET", "/a").size());
    assertEquals(2, after.all("GET", "/a").size());
  }
}
