package dev.edge4j.examples.shop.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

  /**
   * Fails unless one of these pages, which {@link #WATCH} watches and nobody has opened before, is painted with a place for the reviews before they come. One is enough:
   * a busy machine may take longer to paint what has come than the reviews are late.
   */
  static void assertLate(Browser browser, List<URI> pages) {
    assertOne(browser, pages, () -> {
      Object came = browser.script(CAME);
      double painted = number(browser, FIRST_PAINT);
      double reviews = number(browser, REVIEWS_AT);
      return List.of("product", "place", "reviews").equals(came) && painted < reviews ? ""
          : came + ", painted at " + painted + " ms, reviews at " + reviews + " ms";
    });
  }

  /** As {@link #assertLate}, unless something of one of these pages is painted before its last byte comes. */
  static void assertPaintedBeforeTheEnd(Browser browser, List<URI> pages) {
    assertOne(browser, pages, () -> {
      double painted = number(browser, FIRST_PAINT);
      double end = number(browser, END);
      return painted < end ? "" : "painted at " + painted + " ms, the last byte came at " + end + " ms";
    });
  }

  /** Opens one page after the other, until there is nothing to complain of. */
  private static void assertOne(Browser browser, List<URI> pages, Supplier<String> complaint) {
    var all = new ArrayList<String>();
    for (URI page : pages) {
      browser.open(page);
      browser.see("#reviews .opinions li");
      assertEquals(0, browser.all("#reviews .waiting").size(), "what stood in their place has gone");
      String said = complaint.get();
      if (said.isEmpty()) {
        return;
      }
      all.add(said);
    }
    fail(String.join("\n", all));
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
