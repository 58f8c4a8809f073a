package dev.edge4j.render.program;

import dev.edge4j.render.TemplateException;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.html.Format;
import dev.edge4j.render.html.PlainState;
import dev.edge4j.render.html.Rules;
import dev.edge4j.render.html.State;
import dev.edge4j.render.model.Closest;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.template.Delimiters;
import dev.edge4j.render.template.Name;
import dev.edge4j.render.template.Node;
import dev.edge4j.render.template.Parser;
import dev.edge4j.render.template.Place;
import dev.edge4j.render.template.TemplateName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** All templates of one folder, parsed, linked and compiled. Safe for use by many threads. */
public final class Library {
  /**
   * A template as it is at one place: the same source is other code where other blocks are given, another state of the document or
   * another indent stand in front.
   */
  record Key(String template, Map<String, Node.Block> given, String indent, State state) {
    Key of(String name) {
      return new Key(name, given, indent, state);
    }

    Key withoutIndent() {
      return new Key(template, given, "", state);
    }

    boolean isAlike(Key other) {
      return template.equals(other.template) && state.equals(other.state) && given.equals(other.given);
    }
  }

  private final ViewOptions options;
  private final Rules rules;
  private final Map<String, String> sources;
  private final Map<String, List<Node>> templates = new TreeMap<>(); // in order of name, so that the first error is always the same
  private final Set<String> included = new HashSet<>();
  private final Map<String, Program> programs = new ConcurrentHashMap<>();
  private final Map<Key, Code> codes = new ConcurrentHashMap<>();
  /** Of the template that is being compiled at the start; later ones are not found again. */
  private final List<Section> sections = new ArrayList<>();
  private volatile boolean started;
  private final AtomicInteger ordinals = new AtomicInteger();
  private final Renderings renderings = new Renderings(this);

  private Library(Map<String, String> sources, ViewOptions options) {
    this.options = options;
    this.sources = new TreeMap<>(sources);
    this.rules = new Rules(options.json(), options.allowsInlineAttributes());
  }

  /** Compiles templates by name. Throws {@link dev.edge4j.render.TemplateException} for the first that is wrong. */
  public static Library compile(Map<String, String> sources, ViewOptions options) {
    var library = new Library(sources, options);
    library.sources.forEach((name, source) -> library.templates.put(name, Parser.parse(name, source)));
    var links = new Links(library, library.sources);
    library.templates.forEach(links::collect);
    library.included.addAll(links.targets());
    for (String name : library.templates.keySet()) {
      int first = library.ordinals.get();
      var assembler = new Assembler(library);
      Code code = assembler.template(new Key(name, Map.of(), "", library.start(name)));
      library.programs.put(name, new Program(code, links.version(name, assembler.addresses()), assembler.blocks(),
          first, List.copyOf(
              library.sections)));
      library.sections.clear();
    }
    library.started = true;
    options.models().forEach((name, type) -> {
      library.program(name); // it is there
      new ModelCheck(library, name).check(type);
    });
    return library;
  }

  private State start(String template) {
    return isStrict() ? Format.of(template).start(rules) : PlainState.MUSTACHE;
  }

  // ---- for those who render

  /** The names of all templates, in order. */
  public Set<String> names() {
    return new TreeSet<>(templates.keySet());
  }

  /** CSP source expressions of all inline scripts and style sheets that hold no values. */
  public Set<String> inlineHashes() {
    return rules.hashes();
  }

  /** A hash of a template, of all it includes and of the addresses of assets in them. Throws TemplateException if there is none of that name. */
  public String version(String template) {
    return program(template).version();
  }

  /** A page as bytes, by way of a buffer that is used again. */
  public byte[] render(String template, Object model, Supplier<String> nonce) {
    Program program = program(template);
    return renderings.render(program.code(), model, nonce);
  }

  /** A block of a page as bytes. */
  public byte[] renderBlock(String template, String block, Object model, Supplier<String> nonce) {
    return renderings.render(block(template, block), model, nonce);
  }

  /** A page into an output of the caller's, which may be one that it uses again. */
  public void render(String template, Object model, Supplier<String> nonce, Deferral deferral, Output out) {
    Renderings.run(program(template).code(), model, nonce, deferral, new Rendering(this, out));
  }

  /** A block into an output, seen by a trace. */
  public void trace(String template, String block, Object model, Trace trace, Output out) {
    var rendering = new Rendering(this, out);
    rendering.traceBy(trace);
    Renderings.run(block(template, block), model, Rendering.NO_NONCE, Deferral.IN_PLACE, rendering);
  }

  /**
   * The number of a section among those of its page: the same as long as the template has the same {@link #version}. Throws TemplateException for a
   * section of a template that includes itself, of which there is no end.
   */
  public int number(String template, Piece piece) {
    Program program = program(template);
    int number = piece.ordinal() - program.first();
    if (number < 0 || number >= program.sections().size()) {
      throw piece.place().error("a hole in a template that includes itself (expected: one outside of it)");
    }
    return number;
  }

  /** The section of that {@linkplain #number}, without values around it. Throws {@link IllegalArgumentException} if there is none. */
  public Piece piece(String template, int number, Supplier<String> nonce) {
    List<Section> all = program(template).sections();
    if (number < 0 || number >= all.size()) {
      throw new IllegalArgumentException("section " + number + " of " + template + " (expected: at most " + (all.size()
          - 1) + ")");
    }
    return new Piece(all.get(number), new Object[0], this, nonce);
  }

  private Program program(String template) {
    Program program = programs.get(template);
    if (program == null) {
      throw Place.of(template).error("no such template" + Closest.hint(template, templates.keySet()));
    }
    return program;
  }

  /** Throws TemplateException if there is no such block. */
  public void requireBlock(String template, String block) {
    var _ = block(template, block);
  }

  private Code block(String template, String block) {
    Map<String, Code> blocks = program(template).blocks();
    Code code = blocks.get(block);
    if (code == null) {
      throw Place.of(template)
          .error("no block \"" + block + "\" between elements" + Closest.hint(block, blocks.keySet())
              + " (expected: {{$" + block + "}}...{{/" + block + "}})");
    }
    return code;
  }

  // ---- for those who compile

  boolean isStrict() {
    return !options.isMustache();
  }

  boolean isReserved(Name name) {
    return isStrict() && name.parts().size() > 1 && name.parts().getFirst().equals("edge");
  }

  boolean has(String template) {
    return templates.containsKey(template);
  }

  boolean isIncluded(String template) {
    return included.contains(template);
  }

  List<Node> nodes(String template) {
    List<Node> nodes = templates.get(template);
    if (nodes == null) {
      throw new IllegalStateException("template " + template + " was not linked");
    }
    return nodes;
  }

  /** The full name of a template that is there; empty for one that is not, where templates are trusted. */
  String resolve(Place place, String name) {
    String template = TemplateName.resolve(place, name);
    if (templates.containsKey(template)) {
      return template;
    }
    if (isStrict()) {
      throw place.error("no template \"" + template + "\"" + Closest.hint(template, templates.keySet()));
    }
    return "";
  }

  String asset(Place place, String file) {
    try {
      return options.assets().apply(file);
    } catch (RuntimeException e) {
      throw new TemplateException(place.template(), place.line(), place.column(),
          "no asset \"" + file + "\": " + e.getMessage(), e);
    }
  }

  int nextOrdinal() {
    return ordinals.getAndIncrement();
  }

  /** Lets a section be found by its number. */
  void keep(Section section) {
    if (!started) {
      sections.add(section);
    }
  }

  /** Code that is only met while rendering: a template in itself, deeper indented each time, or one chosen by data. */
  Code code(Key key) {
    Code known = codes.get(key);
    if (known == null) {
      known = new Assembler(this).template(key);
      codes.put(key, known);
    }
    return known;
  }

  /** Code of a text that a lambda returned, kept nowhere. */
  Code inline(Place place, String text, Delimiters delimiters, State state) {
    return new Assembler(this).piece(Parser.parse(place.template(), text, delimiters), state);
  }
}
