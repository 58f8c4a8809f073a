package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesOfAMatchNeedNoSecondLookTest {

  @ParameterizedTest
  @CsvSource({"/, /", "/:a, /x", "/a/:b, /a/x", "/:a/:b, /x/yy", "/:a/b/:c/d, /xxx/b/y/d", "/:a/*/:b, /x/y/z",
      "/files/*, /files/a/b", "/files/*path, /files/a/b", "/:a/*path, /x/y/z", "/:a?, /", "/:a?, /x",
      "/a/:b?/:c?, /a/x",
      "/:id.json, /7.json", "/:a-:b, /x-y", "/:id{[0-9]+}/x, /42/x", "/:rest{.+}, /a/b/c", "/a*, /abc"})
  void theyAreWhatComparingOnceMoreGives(String text, String path) {
    PathPattern pattern = PathPattern.parse(text);
    assertEquals(pattern.params(path).toMap(), pattern.paramsOfMatch(path).toMap());
  }
}
