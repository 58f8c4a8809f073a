package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is to be seen of a part of a page that comes behind the rest: when it comes, and as what. */
final class Late {
  /** Writes down when a product's name, the place of its reviews and the reviews themselves are first in the document. */
  static final String WATCH = """
      window.came = [];
      new MutationObserver(() => {
        for (const [what, where] of [["product", "h1"], ["place", "#reviews .waiting"], ["reviews", "#reviews .opinions li"]]) {
          if (document.querySelector(where) && !came.some((each) => each.what === what)) came.push({ what, at: performance.now() });
        }
      }).observe(document, { childList: true, subtree: true });
      """;

  private static final String CAME = "return came.map(each => each.what)";
  private static final String FIRST_PAINT = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity";
  private static final String REVIEWS_AT = "return came.find(each => each.what === 'reviews').at";
  private static final String END = "return performance.getEntriesByType('navigation')[0].responseEnd";

  private static final Pattern RANGE = Pattern.compile("<\\?start name=\"([^\"]+)\">(.*?)<\\?end name=\"\\1\">",
      Pattern.DOTALL);

  private Late() {}

  /** Fails unless this document, which {@link #WATCH} has watched, was painted with a place for the reviews before they came. */
  static void assertLate(Browser browser) {
    browser.see("#reviews .opinions li");
    assertEquals(List.of("product", "place", "reviews"), browser.script(CAME));
    assertEquals(0, browser.all("#reviews .waiting").size(), "what stood in their place has gone");
    double painted = number(browser, FIRST_PAINT);
    double came = number(browser, REVIEWS_AT);
    assertTrue(painted < came, () -> "painted at " + painted + " ms, reviews at " + came);
  }

  /** Fails unless something of this document was painted before its last byte came. */
  static void assertPaintedBeforeTheEnd(Browser browser) {
    double painted = number(browser, FIRST_PAINT);
    double end = number(browser, END);
    assertTrue(painted < end, () -> "painted at " + painted + " ms, the last byte came at " + end);
  }

  /** Fails unless the page is sent whole but for a named range, and then a template for that range. */
  static void assertNative(URI page) {
    try {
      URLConnection connection = page.toURL().openConnection();
      try (InputStream in = connection.getInputStream()) {
        var source = new StringBuilder();
        while (source.indexOf("</footer>") < 0) {
          assertTrue(more(in, source), source::toString);
        }
        Matcher range = RANGE.matcher(source);
        assertTrue(range.find(), source::toString);
        assertTrue(range.group(2).contains("The reviews are on their way"), range.group());
        assertFalse(source.toString().contains("<template for"), "nothing is late:\n" + source);
        assertFalse(source.toString().contains("class=\"opinions\""), "nothing is late:\n" + source);
        int sent = source.length();
        while (more(in, source)) {
          // Until its end.
        }
        String late = source.substring(sent);
        assertTrue(late.contains("<template for=\"" + range.group(1) + "\">"), late);
        assertTrue(late.contains("class=\"opinions\""), late);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there was more. */
  private static boolean more(InputStream in, StringBuilder source) throws IOException {
    var bytes = new byte[1 << 16];
    int read = in.read(bytes);
    if (read > 0) {
      source.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
    }
    return read > 0;
  }

  private static double number(Browser browser, String script) {
    return ((Number) browser.script(script)).doubleValue();
  }
}
