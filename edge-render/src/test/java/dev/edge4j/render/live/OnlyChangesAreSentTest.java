package dev.edge4j.render.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.render.live.LivePart.Rows;
import dev.edge4j.render.live.LivePart.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The browser has the same HTML as the server after each message, and is sent statics once and values when they change. */
class OnlyChangesAreSentTest {
  private static LiveRow item(String name) {
    return new LiveRow(List.of("<li>", "</li>"), List.of(new Text(name)));
  }

  private static LiveRow page(String title, List<LiveRow> items) {
    return new LiveRow(List.of("<h1>", "</h1><ul>", "</ul>"), List.of(new Text(title), new Rows(items)));
  }

  @Test
  void theFirstMessageHoldsAllAndEachStaticOnce() {
    String message = new LiveChanges().next(page("a", List.of(item("tea"), item("cup")))).orElseThrow();
    assertEquals("{\"s\":{\"0\":[\"<h1>\",\"</h1><ul>\",\"</ul>\"],\"1\":[\"<li>\",\"</li>\"]},"
        + "\"n\":[0,\"a\",[[1,\"tea\"],[1,\"cup\"]]]}", message);
  }

  @Test
  void afterThatAChangedValueIsAllThatIsSent() {
    var changes = new LiveChanges();
    changes.next(page("a", List.of(item("tea"), item("cup"))));
    assertEquals(Optional.of("{\"s\":{},\"p\":[[[2,1,1],\"pot\"]]}"), changes.next(page("a", List.of(item("tea"), item(
        "pot")))));
    assertEquals(Optional.empty(), changes.next(page("a", List.of(item("tea"), item("pot")))));
  }

  @Test
  void aRowMoreSendsTheRowsAgainButNoStatics() {
    var changes = new LiveChanges();
    changes.next(page("a", List.of(item("tea"))));
    assertEquals(Optional.of("{\"s\":{},\"p\":[[[2],[[1,\"tea\"],[1,\"cup\"]]]]}"), changes.next(page("a", List.of(item(
        "tea"), item("cup")))));
  }

  @Test
  void textOfEveryKindArrivesAsItIs() {
    var browser = new LiveBrowser();
    LiveRow row = page("\" \\ \n \t \u0001 \u2028 \uD83C\uDF75 ü &amp;", List.of());
    browser.receive(new LiveChanges().next(row).orElseThrow());
    assertEquals(row.html(), browser.html());
  }

  @Test
  void staticsWithoutEndAreForgottenInTime() {
    var changes = new LiveChanges();
    var browser = new LiveBrowser();
    int whole = 0;
    for (int i = 0; i < 3_000; i++) {
      LiveRow row = page("a", List.of(new LiveRow(List.of("<b>" + i + "</b>"), List.of())));
      String message = changes.next(row).orElseThrow();
      whole += message.contains("\"n\"") ? 1 : 0;
      browser.receive(message);
      assertEquals(row.html(), browser.html());
    }
    assertTrue(whole >= 2 && whole < 5, "all was sent " + whole + " times");
  }

  @Property(tries = 200)
  void whateverChangesBothSidesAgree(@ForAll long seed) {
    var random = new Random(seed);
    var changes = new LiveChanges();
    var browser = new LiveBrowser();
    for (int i = 0; i < 12; i++) {
      LiveRow row = random(random, 3);
      changes.next(row).ifPresent(browser::receive);
      assertEquals(row.html(), browser.html());
    }
  }

  /** Out of few values, so that some stay as they were. */
  private static LiveRow random(Random random, int depth) {
    int parts = random.nextInt(10) == 0 ? 2 : 3;
    List<LivePart> made = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      made.add(depth == 0 || random.nextBoolean() ? new Text("v" + random.nextInt(3))
          : new Rows(IntStream.range(0, random.nextInt(3)).mapToObj(_ -> random(random, depth - 1)).toList()));
    }
    return new LiveRow(IntStream.rangeClosed(0, parts).mapToObj(i -> "<" + depth + "." + i + ">").toList(), made);
  }
}
