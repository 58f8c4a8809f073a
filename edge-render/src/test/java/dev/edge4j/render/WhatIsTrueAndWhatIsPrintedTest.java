package dev.edge4j.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Null, false, empty text, empty lists and the absent Optional are false; values print as their toString says. */
class WhatIsTrueAndWhatIsPrintedTest {
  enum Stock {
    LOW
  }

  static Stream<Object> trueValues() {
    return Stream.of(true, 0, 0.0, -1, "0", "false", " ", Map.of(), Stock.LOW, Optional.of(0), new SafeHtml("<b>"),
        new Object());
  }

  static Stream<Object> falseValues() {
    return Stream.of(false, "", CharBuffer.allocate(0), List.of(), new ArrayDeque<>(), Optional.empty(), Optional.of(
        ""), Optional.of(false), new SafeHtml(""));
  }

  @ParameterizedTest
  @MethodSource("trueValues")
  void isTrue(Object value) {
    assertEquals("yes", both(value));
  }

  @ParameterizedTest
  @MethodSource("falseValues")
  void isFalse(Object value) {
    assertEquals("no", both(value));
  }

  @Test
  void nullIsFalse() {
    assertEquals("no", both(null));
  }

  @Test
  void anArrayIsFalseIfItIsEmpty() {
    assertEquals("no", both(new int[0]));
    assertEquals("no", both(new Object[0]));
    assertEquals("yes", both(new int[1]));
    assertEquals("yes", both(new Object[1]));
  }

  private static String both(@Nullable Object value) {
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("x", value);
    return Rendered.text("{{#x}}yes{{/x}}{{^x}}no{{/x}}", model);
  }

  @Test
  void toStringIsPrinted() {
    List<Object> values = List.of(1, 1.50, new BigDecimal("1.50"), 10_000_000_000L, 'c', true, Stock.LOW,
        DayOfWeek.MONDAY,
        LocalDate.of(2026, 11, 1));
    assertEquals("1 1.5 1.50 10000000000 c true LOW MONDAY 2026-11-01 ",
        Rendered.text("{{#values}}{{.}} {{/values}}", Map.of("values", values)));
  }

  @Test
  void listsArraysAndPrimitivesAreIterated() {
    assertEquals("12|34|ab", Rendered.text(
        "{{#list}}{{.}}{{/list}}|{{#array}}{{.}}{{/array}}|{{#texts}}{{.}}{{/texts}}",
        Map.of("list", List.of(1, 2), "array", new int[]{3, 4}, "texts", new String[]{"a", "b"})));
  }
}
