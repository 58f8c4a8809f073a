package dev.edge4j.render.program;

import dev.edge4j.render.html.State;
import dev.edge4j.render.template.Name;
import dev.edge4j.render.template.Node;
import dev.edge4j.render.template.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes the code of one template: walks its tree and what it links to in the order of the page, so that the state of the document flows
 * through partials, layouts and blocks. A template in itself becomes a call. Used once.
 *
 * <p>A section's body may run any number of times, so it must end in the state it begins in; where both are alike enough to be taken
 * for one that allows less, it is walked once more with that.
 */
final class Assembler {
  private static final int MAX_NESTING = 200;
  private static final Pattern BARE_WORD = Pattern.compile("[a-z]+");

  private final Library library;
  private final Deque<Library.Key> active = new ArrayDeque<>();
  private final Set<Library.Key> recursive = new HashSet<>();
  private final Map<String, Code> blocks = new HashMap<>();
  private final SortedSet<String> addresses = new TreeSet<>();

  Assembler(Library library) {
    this.library = library;
  }

  /** The code of a template as a whole; behind it {@link #blocks} and {@link #addresses} are there. */
  Code template(Library.Key key) {
    var out = new Code.Builder();
    active.push(key);
    State end = walk(library.nodes(key.template()), new Scope(key.given(), key.indent()), key.state(), out);
    active.pop();
    if (!end.mayEnd() && !library.isIncluded(key.template())) {
      throw Place.of(key.template()).error("ends inside " + end.where() + " (expected: it closed)");
    }
    return out.build();
  }

  /** The code of nodes that stand for a tag. */
  Code piece(List<Node> nodes, State state) {
    var out = new Code.Builder();
    walk(nodes, Scope.NONE, state, out);
    return out.build();
  }

  /** The first block of each name that stands between elements: what it prints by itself. */
  Map<String, Code> blocks() {
    return Map.copyOf(blocks);
  }

  /** The addresses of the assets that the template names, in order. */
  SortedSet<String> addresses() {
    return addresses;
  }

  private State walk(List<Node> nodes, Scope scope, State before, Code.Builder out) {
    State state = before;
    for (int i = 0; i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case Node.Text text -> state = text(text, scope, state, out);
        case Node.Variable variable -> state = variable(variable, state, out);
        case Node.Section section when library.isReserved(section.name()) -> state = asset(section, state, out);
        case Node.Section section when section.inverted() -> {
          var body = new Code.Builder();
          state = branch(section, scope, state, body);
          out.action(new Inverted(new Ref(section.place(), section.name()), body.build()));
        }
        case Node.Section section -> {
          int otherwise = otherwise(nodes, i);
          state = section(section, nodes.subList(i + 1, Math.max(i + 1, otherwise + 1)), scope, state, out);
          i = Math.max(i, otherwise);
        }
        case Node.Partial partial -> state = include(partial.place(), partial.target(), scope.indented(partial
            .indent()), state, out);
        case Node.Layout layout -> {
          Map<String, Node.Block> given = new HashMap<>(layout.blocks());
          given.putAll(scope.given());
          state = include(layout.place(), layout.target(), new Scope(Map.copyOf(given), scope.indent() + layout
              .indent()), state, out);
        }
        case Node.Block block -> state = block(block, scope, state, out);
      }
    }
    return state;
  }

  private static State text(Node.Text text, Scope scope, State before, Code.Builder out) {
    State state = before;
    if (text.startsLine() && !scope.indent().isEmpty()) {
      out.text(scope.indent());
      state = state.text(text.place(), scope.indent());
    }
    out.text(text.text());
    return state.text(text.place(), text.text());
  }

  private State variable(Node.Variable variable, State state, Code.Builder out) {
    Place place = variable.place();
    if (library.isReserved(variable.name())) {
      if (!variable.name().text().equals("edge.nonce")) {
        throw unknownReserved(place, variable.name());
      }
      State.Slot slot = state.value(place);
      out.action(new PrintNonce(slot.escaper()));
      return slot.after();
    }
    var ref = new Ref(place, variable.name());
    if (variable.escaped()) {
      State.Slot slot = state.value(place);
      out.action(new Print(ref, slot.escaper(), state));
      return slot.after();
    }
    if (!state.takesHtml()) {
      throw place.error(
          "{{{%s}}} in %s, where HTML is not safe (expected: {{%s}}; three braces are for text between elements)"
              .formatted(variable.name(), state.where(), variable.name()));
    }
    out.action(new PrintHtml(ref, state, !library.isStrict()));
    return state;
  }

  private static RuntimeException unknownReserved(Place place, Name name) {
    return place.error("\"" + name
        + "\" is not known (expected: {{edge.nonce}} or {{#edge.asset}}file{{/edge.asset}}; names that begin "
        + "with edge. are reserved)");
  }

  /** The address of a file of assets, looked up now. */
  private State asset(Node.Section section, State state, Code.Builder out) {
    if (!section.name().text().equals("edge.asset") || section.inverted()) {
      throw unknownReserved(section.place(), section.name());
    }
    StringBuilder file = new StringBuilder();
    for (Node node : section.body()) {
      if (!(node instanceof Node.Text text)) {
        throw node.place().error("a tag in {{#edge.asset}} (expected: the name of a file, as it is known at start)");
      }
      file.append(text.text());
    }
    String address = library.asset(section.place(), file.toString().strip());
    addresses.add(address);
    State.Slot slot = state.value(section.place());
    out.escaped(slot.escaper(), address);
    return slot.after();
  }

  // ---- sections

  /** The index of the inverted section of the same name that stands right behind, or -1. */
  private static int otherwise(List<Node> nodes, int index) {
    String name = ((Node.Section) nodes.get(index)).name().text();
    for (int i = index + 1; i < nodes.size(); i++) {
      switch (nodes.get(i)) {
        case Node.Text text when text.text().isBlank() -> {
        }
        case Node.Section section when section.inverted() && section.name().text().equals(name) -> {
          return i;
        }
        default -> {
          return -1;
        }
      }
    }
    return -1;
  }

  /** @param behind white space and the inverted section, if there is one */
  private State section(Node.Section section, List<Node> behind, Scope scope, State before, Code.Builder out) {
    var body = new Code.Builder();
    State state = branch(section, scope, before, body);
    State at = state;
    var between = new Code.Builder();
    var otherwise = new Code.Builder();
    if (!behind.isEmpty()) {
      state = walk(behind.subList(0, behind.size() - 1), scope, state, between);
      otherwise.append(between.build());
      state = branch((Node.Section) behind.getLast(), scope, state, otherwise);
    }
    var made = new Section(new Ref(section.place(), section.name()), body.build(), otherwise.build(), between.build(),
        section.inside(), at, library.nextOrdinal());
    library.keep(made);
    out.action(made);
    return state;
  }

  private State branch(Node.Section section, Scope scope, State before, Code.Builder out) {
    var code = new Code.Builder();
    State end = walk(section.body(), scope, before, code);
    if (end.equals(before)) {
      out.append(code.build());
      return before;
    }
    State joined = before.join(end);
    if (joined == null) {
      throw section.place()
          .error("{{%s%s}} begins in %s and ends in %s (expected: the same; or two sections, each around a whole)"
              .formatted(section.inverted() ? "^" : "#", section.name(), before.where(), end.where()));
    }
    if (isBareWord(section.body())) { // an attribute without a value: repeated it would be another without one
      out.append(code.build());
      return joined;
    }
    var again = new Code.Builder();
    end = walk(section.body(), scope, joined, again);
    if (!end.equals(joined) && !joined.equals(joined.join(end))) {
      throw section.place()
          .error("{{#" + section.name() + "}} ends in another state each time it is rendered (expected: the same)");
    }
    out.append(again.build());
    return joined;
  }

  private static boolean isBareWord(List<Node> nodes) {
    return nodes.size() == 1 && nodes.getFirst() instanceof Node.Text text && BARE_WORD.matcher(text.text()).matches();
  }

  // ---- other templates

  private State include(Place place, Node.TemplateRef target, Scope scope, State state, Code.Builder out) {
    if (target.dynamic()) {
      return dynamic(place, target, scope, state, out);
    }
    String template = library.resolve(place, target.name());
    if (template.isEmpty()) {
      return state;
    }
    var key = new Library.Key(template, scope.given(), scope.indent(), state);
    if (active.stream().anyMatch(key::isAlike)) {
      recursive.add(key.withoutIndent());
      out.action(new Call(place, library, key));
      return state;
    }
    if (active.size() > MAX_NESTING) {
      throw place.error("more than " + MAX_NESTING + " templates in each other");
    }
    active.push(key);
    State end = walk(library.nodes(template), scope, state, out);
    active.pop();
    if (!end.equals(state) && recursive.contains(key.withoutIndent())) {
      throw place.error("template %s stands in itself, begins in %s and ends in %s (expected: the same)".formatted(
          template,
          state.where(), end.where()));
    }
    return end;
  }

  private State dynamic(Place place, Node.TemplateRef target, Scope scope, State state, Code.Builder out) {
    if (library.isStrict()) {
      throw place.error("{{>" + target + "}}: the name of a template cannot come from data (expected: {{>name}})");
    }
    out.action(new DynamicCall(new Ref(place, Name.lenient(target.name())), library,
        new Library.Key("", scope.given(), scope.indent(), state)));
    return state;
  }

  private State block(Node.Block block, Scope scope, State before, Code.Builder out) {
    Node.Block chosen = scope.given().getOrDefault(block.name(), block);
    List<Node> nodes = chosen.body();
    boolean startsLine = !nodes.isEmpty() && nodes.getFirst() instanceof Node.Text text && text.startsLine();
    Scope inside = scope.indented(block.indent());
    var code = new Code.Builder();
    State state = before;
    if (block.alone() && !startsLine && !nodes.isEmpty()) {
      state = text(new Node.Text(block.place(), "", true), inside, state, code);
    } else if (!block.alone() && startsLine) {
      nodes = withoutLineStart(nodes);
    }
    State end = walk(nodes, inside, state, code);
    Code built = code.build();
    if (before.takesHtml()) {
      blocks.putIfAbsent(block.name(), built);
    }
    out.append(built);
    return end;
  }

  /** The line has begun already where the block stands. */
  private static List<Node> withoutLineStart(List<Node> nodes) {
    List<Node> copy = new ArrayList<>(nodes);
    var first = (Node.Text) nodes.getFirst();
    copy.set(0, new Node.Text(first.place(), first.text(), false));
    return copy;
  }
}
