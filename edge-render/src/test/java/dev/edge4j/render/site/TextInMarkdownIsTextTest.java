package dev.edge4j.render.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.render.head.Site;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** A value that was escaped is read by a CommonMark parser as its words alone, wherever in a template it stands. */
class TextInMarkdownIsTextTest {
  private static final Parser PARSER = Parser.builder().build();
  private static final Site SITE = Site.of("Shop", "https://shop.example");

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces = Arbitraries.of("*", "_", "**", "`", "```", "~~~", "#", "# ", "> ", "- ", "+ ", "1. ",
        "12) ", "---",
        "===", "[a](b)", "![", "]", "<b>", "<!--", "&lt;", "&#35;", "\\", "|", "\n", "\n\n", "    ", "\t", "http://a.b",
        "a", "B", "é",
        "]: /x", "{", "}", "$");
    return Arbitraries.oneOf(pieces, Arbitraries.strings().ascii().ofMaxLength(4), Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(8)
        .map(all -> String.join("", all));
  }

  private static String words(String text) {
    var words = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isWhitespace(c) || c == 0x85 ? ' ' : c)
        .filter(c -> c == ' ' || !Character.isISOControl(c))
        .forEach(words::appendCodePoint);
    return words.toString().replaceAll(" +", " ").strip();
  }

  /** The text of a node that has nothing but text in it. */
  private static String plain(Node node) {
    var text = new StringBuilder();
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      text.append(child instanceof Text words ? words.getLiteral() : " unexpected " + child);
    }
    return text.toString().strip();
  }

  @Property(tries = 3_000)
  void onALineOfItsOwn(@ForAll("hostile") String value) {
    Node document = PARSER.parse(MarkdownText.escape(value) + "\n\nend\n");
    Node first = document.getFirstChild();
    assertTrue(first instanceof Paragraph, () -> first + " of " + MarkdownText.escape(value));
    String expected = words(value);
    assertEquals(expected.isEmpty() ? "end" : expected, plain(first));
    assertEquals("end", plain(document.getLastChild()));
  }

  @Property(tries = 1_000)
  void inAHeadingAnItemAndALink(@ForAll("hostile") String value) {
    String escaped = MarkdownText.escape(value);
    Node heading = PARSER.parse("# Tea " + escaped + "\n").getFirstChild();
    assertTrue(heading instanceof Heading);
    assertEquals(("Tea " + words(value)).strip(), plain(heading));
    Node item = PARSER.parse("- Tea: " + escaped + "\n").getFirstChild().getFirstChild();
    assertTrue(item instanceof ListItem);
    assertEquals(("Tea: " + words(value)).strip(), plain(item.getFirstChild()));
    String address = "/p/" + value;
    Node link = PARSER.parse("x " + MarkdownText.link(SITE, "a" + value, address) + " y\n")
        .getFirstChild()
        .getFirstChild()
        .getNext();
    assertTrue(link instanceof Link, () -> "no link: " + MarkdownText.link(SITE, "a" + value, address));
    assertEquals(words("a" + value), plain(link));
    assertEquals(SITE.absolute(address).replace("(", "%28").replace(")", "%29"),
        ((Link) link).getDestination());
  }

  @Test
  void ordinaryTextStaysReadable() {
    List<String> plain = List.of("Green tea, €4.50 (500 g) - fresh!", "No. 5: it's \"good\"", "C#, 3 + 4 = 7");
    assertEquals("\\*# \\#", MarkdownText.escape("*# \u0001#"));
    plain.forEach(text -> assertEquals(text, MarkdownText.escape(text)));
  }
}
