package dev.edge4j.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.http.Response;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scripts in what visitors type, in what the shop is told by addresses, headers and cookies, and in the goods themselves, are text on every page. */
class NothingThatIsTypedRunsTest {
  /** Leaves an attribute, a tag, a script and a style, and is an address. */
  private static final String MARKUP = "\"'></script></style><xss7/on=1>@x";
  private static final String ADDRESS = "javascript:xss7()//@x";

  /** What the goods are called then, and said to be. */
  private static final String SPOILT = "name = name || '" + MARKUP.replace("'", "''") + "', description = '" + MARKUP
      .replace("'", "''") + "'";

  private static final Pattern ADDRESSES = Pattern.compile(
      "(?i)(?:href|src|action|formaction|srcset|data|content)\\s*=\\s*[\"']?\\s*javascript:");

  private static RunningShop shop;

  @BeforeAll
  static void open() throws Exception {
    shop = RunningShop.open();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @Test
  void markup() throws Exception {
    List<Typing.Shown> answers = Typing.everywhere(shop, MARKUP);
    answers.forEach(NothingThatIsTypedRunsTest::assertHarmless);
    long echoes = answers.stream().filter(shown -> shown.isHtml() && shown.response().text().contains("xss7")).count();
    assertTrue(echoes > 5, "only " + echoes + " pages show what was typed, so this proves little");
  }

  @Test
  void addresses() throws Exception {
    Typing.everywhere(shop, ADDRESS).forEach(NothingThatIsTypedRunsTest::assertHarmless);
  }

  @Test
  void theGoods() throws Exception {
    try (RunningShop odd = RunningShop.open()) {
      odd.change("origin.db", "UPDATE goods SET " + SPOILT);
      odd.change("catalog.db", "UPDATE products SET " + SPOILT);
      odd.restart();
      Browser ada = odd.customer("ada");
      ada.add(7, 1);
      assertEquals(303, ada.post("/checkout", Form.of(ada.get("/checkout"), "/checkout").filled()).status());
      ada.add(7, 1);
      int echoes = 0;
      for (Browser browser : List.of(ada, odd.keeper())) {
        for (Map.Entry<String, Response> page : Crawl.of(odd, browser).pages().entrySet()) {
          var shown = new Typing.Shown(page.getKey(), page.getValue());
          assertHarmless(shown);
          echoes += shown.isHtml() && page.getValue().text().contains("xss7") ? 1 : 0;
        }
      }
      assertTrue(echoes > 8, "only " + echoes + " pages show the goods");
    }
  }

  /** Should a hole be left one day, the browser still runs nothing. */
  @Test
  void everyPageForbidsScriptsOfOthersAndInline() throws Exception {
    for (Map.Entry<String, Response> page : Crawl.of(shop, shop.keeper()).pages().entrySet()) {
      String policy = page.getValue()
          .header("Content-Security-Policy")
          .orElseThrow(() -> new AssertionError(page
              .getKey()));
      assertTrue(policy.contains("default-src 'self'"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertTrue(policy.contains("frame-ancestors 'none'"), policy);
      assertEquals("DENY", page.getValue().header("X-Frame-Options").orElseThrow(), page.getKey());
      assertEquals("nosniff", page.getValue().header("X-Content-Type-Options").orElseThrow(), page.getKey());
    }
  }

  private static void assertHarmless(Typing.Shown shown) {
    Response response = shown.response();
    assertTrue(response.status() < 500, () -> shown.to() + ": " + response.status() + " " + response.text());
    response.headers().forEach((name, value) -> assertFalse(value.contains("\n") || value.contains("\r"), name));
    response.header("Location").ifPresent(to -> assertTrue(to.startsWith("/"), () -> shown.to() + " leads to " + to));
    if (shown.isHtml()) {
      String text = response.text();
      assertFalse(text.contains("<xss7"), () -> shown.to() + " breaks out: " + text);
      assertFalse(ADDRESSES.matcher(text).find(), () -> shown.to() + " leads to a script: " + text);
    }
  }
}
