package dev.edge4j.render.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template: Mustache with inheritance and dynamic names, after the specification of
 * <a href="https://github.com/mustache/spec">mustache/spec</a> 1.4.
 *
 * <p>White space. A tag that prints nothing by itself and stands alone on its line takes the line with it. A partial that stands
 * alone gives its indentation to every line of what it names; so does a layout, whose opening and closing tag count together. A
 * block directly in a layout tag is an argument: what is beside it there is ignored, so its tags stand alone if what is on its
 * own side of them is blank. The content of a block loses the indentation of its first line and gets that of the block it
 * replaces.
 */
public final class Parser {
  private final Source source;
  private final Scanner scanner;
  private int cursor;
  private @Nullable Tag closing;

  private Parser(String template, String text, Delimiters delimiters) {
    source = new Source(template, text);
    scanner = new Scanner(source, delimiters);
  }

  /** The nodes of a template. Throws {@link dev.edge4j.render.TemplateException} with the place of what is wrong. */
  public static List<Node> parse(String template, String text) {
    return parse(template, text, Delimiters.DEFAULT);
  }

  /** As {@link #parse(String, String)}, with other delimiters at the beginning. */
  public static List<Node> parse(String template, String text, Delimiters delimiters) {
    return new Parser(template, text, delimiters).body(null, false);
  }

  /**
   * What follows, to the tag that closes {@code open} or to the end.
   *
   * @param argument whether {@code open} is a block directly in a layout tag
   */
  private List<Node> body(@Nullable Tag open, boolean argument) {
    List<Node> nodes = new ArrayList<>();
    for (Tag tag = scanner.next(); tag != null; tag = scanner.next()) {
      if (tag.kind() == Tag.Kind.CLOSE) {
        requireCloses(open, tag);
        before(nodes, tag, argument ? source.isBlankBefore(tag.start()) : isAlone(tag));
        closing = tag;
        return List.copyOf(nodes);
      }
      add(nodes, tag);
    }
    if (open != null) {
      throw notClosed(open);
    }
    text(nodes, source.text().length());
    return List.copyOf(nodes);
  }

  private void add(List<Node> nodes, Tag tag) {
    switch (tag.kind()) {
      case VARIABLE, UNESCAPED -> {
        before(nodes, tag, false);
        nodes.add(new Node.Variable(tag.place(), Name.parse(tag.place(), tag.name()), tag.kind() == Tag.Kind.VARIABLE));
      }
      case SECTION, INVERTED -> section(nodes, tag);
      case PARTIAL -> {
        boolean alone = isAlone(tag);
        before(nodes, tag, alone);
        nodes.add(new Node.Partial(tag.place(), target(tag), alone ? source.indentAt(tag.start()) : ""));
      }
      case LAYOUT -> layout(nodes, tag);
      case BLOCK -> parameter(nodes, tag);
      case COMMENT, DELIMITERS -> before(nodes, tag, isAlone(tag));
      case CLOSE -> throw new IllegalStateException("closing tags end a body");
    }
  }

  private void section(List<Node> nodes, Tag tag) {
    Name name = Name.parse(tag.place(), tag.name());
    before(nodes, tag, isAlone(tag));
    List<Node> body = body(tag, false);
    String inside = source.text().substring(tag.end(), closing().start());
    nodes.add(new Node.Section(tag.place(), name, tag.kind() == Tag.Kind.INVERTED, body,
        new Node.Inside(inside, tag.delimiters())));
  }

  private void layout(List<Node> nodes, Tag tag) {
    before(nodes, tag, false);
    Map<String, Node.Block> blocks = arguments(tag);
    Tag close = closing();
    boolean alone = source.isBlankBefore(tag.start()) && source.isBlankAfter(close.end());
    String indent = "";
    cursor = close.end();
    if (alone) {
      nodes.removeLast(); // the white space in front of it
      indent = source.indentAt(tag.start());
      cursor = source.nextLine(close.end());
    }
    nodes.add(new Node.Layout(tag.place(), target(tag), indent, Indents.copy(blocks)));
  }

  private Map<String, Node.Block> arguments(Tag layout) {
    Map<String, Node.Block> blocks = new HashMap<>();
    for (Tag tag = scanner.next(); tag != null; tag = scanner.next()) {
      switch (tag.kind()) {
        case CLOSE -> {
          requireCloses(layout, tag);
          closing = tag;
          return blocks;
        }
        case BLOCK -> blocks.put(tag.name(), argument(tag));
        case COMMENT, DELIMITERS -> {
        }
        default -> throw tag.place()
            .error(layout + " holds a tag outside its blocks (expected: {{$block}}...{{/block}})");
      }
    }
    throw notClosed(layout);
  }

  private Node.Block argument(Tag tag) {
    boolean alone = source.isBlankAfter(tag.end());
    cursor = alone ? source.nextLine(tag.end()) : tag.end();
    return block(tag, alone, true);
  }

  private void parameter(List<Node> nodes, Tag tag) {
    boolean alone = isAlone(tag);
    before(nodes, tag, alone);
    nodes.add(block(tag, alone, false));
  }

  private Node.Block block(Tag tag, boolean alone, boolean argument) {
    Name.parse(tag.place(), tag.name());
    int from = cursor;
    List<Node> body = body(tag, argument);
    String outer = source.isBlankBefore(tag.start()) ? source.indentAt(tag.start()) : "";
    String inner = alone ? source.intrinsicIndent(from, closing().start()) : outer;
    String indent = inner == null ? outer : inner;
    return new Node.Block(tag.place(), tag.name(), indent, alone, Indents.remove(body, indent));
  }

  private static Node.TemplateRef target(Tag tag) {
    boolean dynamic = tag.name().startsWith("*");
    return new Node.TemplateRef(dynamic ? tag.name().substring(1).strip() : tag.name(), dynamic);
  }

  private boolean isAlone(Tag tag) {
    return source.isBlankBefore(tag.start()) && source.isBlankAfter(tag.end());
  }

  /** The text in front of a tag; one that stands alone takes the white space on both sides and the end of the line. */
  private void before(List<Node> nodes, Tag tag, boolean alone) {
    text(nodes, alone ? source.lineStart(tag.start()) : tag.start());
    if (!alone && source.isLineStart(tag.start())) {
      nodes.add(new Node.Text(tag.place(), "", true));
    }
    int next = alone ? source.nextLine(tag.end()) : tag.end();
    cursor = next < 0 ? tag.end() : next;
  }

  private void text(List<Node> nodes, int to) {
    int from = cursor;
    while (from < to) {
      int newline = source.text().indexOf('\n', from);
      int end = newline < 0 || newline >= to ? to : newline + 1;
      nodes.add(new Node.Text(source.place(from), source.text().substring(from, end), source.isLineStart(from)));
      from = end;
    }
  }

  private Tag closing() {
    if (closing == null) {
      throw new IllegalStateException("nothing was closed");
    }
    return closing;
  }

  private static void requireCloses(@Nullable Tag open, Tag close) {
    if (open == null) {
      throw close.place().error(close + " closes nothing");
    }
    if (!open.name().equals(close.name())) {
      throw close.place()
          .error("%s stands where %s of line %d is still open (expected: {{/%s}})".formatted(close, open,
              open.place().line(), open.name()));
    }
  }

  private static RuntimeException notClosed(Tag open) {
    return open.place().error(open + " is not closed (expected: {{/" + open.name() + "}})");
  }
}
