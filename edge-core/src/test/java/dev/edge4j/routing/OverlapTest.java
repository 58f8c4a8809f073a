package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a middleware's pattern stands around a route is known before a request comes, where it can be known. */
class OverlapTest {
  @ParameterizedTest
  @CsvSource(delimiter = ' ', value = {"* /a/:x ALWAYS", "/* /a/:x ALWAYS", "/* /*rest ALWAYS", "/*rest /* ALWAYS",
      "/a /a ALWAYS", "/a/* /a ALWAYS", "/a/* /a/ ALWAYS", "/a/* /a/b/:x ALWAYS", "/api/* /api/x/:id ALWAYS",
      "/a/* /a/*rest ALWAYS", "/a/* /a/b/* ALWAYS", "/:x /:y ALWAYS", "/:x /a ALWAYS", "/:x/* /a/:y ALWAYS",
      "/a/*/c /a/:x/c ALWAYS", "/:t/items/* /:tenant/items/:id ALWAYS"})
  void always(String around, String route, Overlap expected) {
    assertEquals(expected, PathPattern.parse(around).overlap(PathPattern.parse(route)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', value = {"/a /b NEVER", "/a /a/ NEVER", "/a /A NEVER", "/a/* /b/:x NEVER",
      "/a/* /ab NEVER", "/a/* /ab/:x NEVER", "/a/* / NEVER", "/:x /a/b NEVER", "/:x/b /:y/c NEVER", "/a/:x /a NEVER"})
  void never(String around, String route, Overlap expected) {
    assertEquals(expected, PathPattern.parse(around).overlap(PathPattern.parse(route)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', value = {"/:x/b /a/:y SOMETIMES", "/a /:x SOMETIMES", "/a/* /:x/b SOMETIMES",
      "/a/* /* SOMETIMES", "/a/b/* /a/* SOMETIMES", "/a/b/* /a/*rest SOMETIMES", "/:id{[0-9]+} /:id SOMETIMES",
      "/admin/* /:page/:x? SOMETIMES", "/:x.json /:y SOMETIMES", "/:x/* /* SOMETIMES"})
  void sometimes(String around, String route, Overlap expected) {
    assertEquals(expected, PathPattern.parse(around).overlap(PathPattern.parse(route)));
  }
}
