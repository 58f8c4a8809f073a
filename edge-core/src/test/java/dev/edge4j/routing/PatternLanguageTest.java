package dev.edge4j.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sentence of docs/decisions/0012, said to the compiled pattern and to its reference. */
class PatternLanguageTest {
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"/a ; /a ; {}", "/ ; / ; {}", "/a? ; /a? ; {}", "/{a} ; /{a} ; {}",
      "/a\\b ; /a\\b ; {}", "/:id ; /7 ; {id=7}", "/:id.json ; /7.json ; {id=7}",
      "/:id.json ; /a.json.json ; {id=a.json}", "/file-:id ; /file-1-2 ; {id=1-2}",
      "/v:major.:minor ; /v1.2.3 ; {major=1, minor=2.3}", "/:id{[0-9]+}.json ; /12.json ; {id=12}",
      "/:p{.+}.js ; /a/b.js ; {p=a/b}", "/a:p{.*}b ; /ab ; {p=''}", "/:p{.*} ; / ; {p=''}",
      "/a/*/b ; /a/x/b ; {}", "/a/* ; /a ; {}", "/a/* ; /a/ ; {}", "/a/* ; /a/b/c ; {}", "/a/*r ; /a ; {r=''}",
      "/a/*r ; /a/ ; {r=''}", "/a/*r ; /a//b ; {r=/b}", "/a/b* ; /a/bc/d ; {}", "/a* ; /a ; {}", "* ; / ; {}",
      "/* ; /a ; {}", "/*r ; /a/b ; {r=a/b}", "/*r ; / ; {r=''}", "/:post-id ; /7 ; {post-id=7}",
      "/:a-:b ; /x-y-z ; {a=x, b=y-z}", "/:a-:b ; /---- ; {a=-, b=--}", "/:a- ; /x-- ; {a=x-}",
      "/:a--b ; /x--b ; {a=x}", "/:straße ; /x ; {straße=x}", "/at/12:30 ; /at/12:30 ; {}", "/a: ; /a: ; {}",
      "/a::b ; /a:x ; {b=x}", "/v1/name\\:activate ; /v1/name:activate ; {}", "/\\*\\{\\}\\?\\-\\\\ ; /*{}?-\\ ; {}",
      "/:a\\-b ; /x-b ; {a=x}", "/:a\\{b} ; /x{b} ; {a=x}", "/:a{x}\\? ; /x? ; {a=x}", "/a\\:x{b/c} ; /a:x{b/c} ; {}",
      "/\\** ; /*a ; {}", "/:x{(?!a)[a-z]+} ; /b ; {x=b}", "/:x{(a|b)\\1} ; /aa ; {x=aa}", "/:p{.+}/* ; /a/b ; {p=a/b}",
      "/:p{.+}/edit ; /a/edit/edit ; {p=a/edit}",
      "/:p{.+}/:q{.+} ; /a/b/c ; {p=a/b, q=c}", "/:x?/:y? ; / ; {}", "/a/:x?/:y? ; /a ; {}",
      "/a/:x?/:y? ; /a/1 ; {x=1}", "/a/:x?/:y? ; /a/1/2 ; {x=1, y=2}", "/a/:x{.*}? ; /a/ ; {x=''}",
      "/:p{.+}/:q? ; /a/b ; {p=a/b}", "/:x? ; / ; {}", "/*/:x? ; /a ; {}", "/:x{[a-z]{2}}} ; /ab} ; {x=ab}",
      "/:x{[}]} ; /} ; {x=}}", "/:x{\\}} ; /} ; {x=}}", "host/:x ; host/1 ; {x=1}", "a* ; ab/c ; {}",
      "*r ; /a/b ; {r=a/b}", ":x? ; 1 ; {x=1}"})
  void means(String pattern, String path, String params) {
    assertEquals(params.replace("''", ""), PathPattern.parse(pattern).params(path).toMap().toString());
    assertTrue(PathPattern.parse(pattern).matches(path));
    assertEquals(Optional.of(params.replace("''", "")), ReferencePattern.of(pattern).params(path).map(Map::toString));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"/a ; /A", "/a ; /a/", "/a/b ; /a", "/:x ; /", "/:x ; /a/b", "/:x.json ; /.json",
      "/:x.json ; /a.jsonx", "/file-:x ; /file-", "/:a-:b ; /a-", "/:x{[0-9]+} ; /1a", "/:x{a|b} ; /ab",
      "/:x{(?!a)[a-z]+} ; /a",
      "/:x{[0-9]+}.json ; /.json", "/a:x{b.*}b ; /ab", "/a/*/b ; /a//b", "/a/*/b ; /a/x/y/b", "/a/* ; /ab",
      "/a/*r ; /ab", "/a* ; /b", "/a/b* ; /a", "/a/:x? ; /a/", "/a/:x? ; /a/b/c", "/*/:x? ; /", "/*/:x? ; /a/b/c",
      "host/:x ; /host/1", "/a ; a"})
  void doesNotMean(String pattern, String path) {
    assertTrue(!PathPattern.parse(pattern).matches(path));
    assertThrows(IllegalArgumentException.class, () -> PathPattern.parse(pattern).params(path));
    assertEquals(Optional.empty(), ReferencePattern.of(pattern).params(path));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"''", "/:x{", "/:x{a{2}", "/:x{}", "/:x{+}", "/:x{a)|(b}", "/:x{(?=a}", "/:",
      "/:/a", "/:{a}", "/a:{b}", "/:1", "/::a", "/*1", "/*-", "/:x/:x", "/:x-:x", "/:x/*x",
      "/:x?/:x?", "/:x?/a", "/:x?/", "/:x?/*", "/:x?.json", "/a:x?", "/:x-:y?", "/:x??", "/:a:b", "/:a{x}:b",
      "/:a{x}-:b", "/:a-:b{x}", "/a/*.js", "/a/**", "/a*/b", "/a*/", "/a**", "/:x*", "/:x{a}*", "/*{a}", "/*:x",
      "/*r/a", "/*r*", "/*r?", "/*r.js", "/a*r", "/*r-"})
  void isRefused(String pattern) {
    assertThrows(PatternException.class, () -> PathPattern.parse(pattern));
    assertTrue(ReferenceMatcher.refusal(pattern).isPresent());
  }
}
