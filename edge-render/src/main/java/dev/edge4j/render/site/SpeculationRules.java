package dev.edge4j.render.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Verdict;
import dev.edge4j.http.EntityTag;
import dev.edge4j.http.Response;
import dev.edge4j.http.structured.Item;
import dev.edge4j.http.structured.StructuredFields;
import dev.edge4j.json.JsonCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells browsers which links to fetch, or to render, before they are followed (W3C Speculation Rules), by a document of its own that the field
 * {@code Speculation-Rules} names: no inline script, so no hole in a policy.
 *
 * <pre>{@code
 * SpeculationRules rules = SpeculationRules.create().never("/cart", "/cart/*", "/logout")
 *     .prefetch(Eagerness.MODERATE, Where.path("/*")).prerender(Eagerness.CONSERVATIVE, Where.path("/products/*"));
 * app.use(rules.routes(app)); // the document, and the gate that names it in every page
 * }</pre>
 *
 * <p>A page that does something when it is fetched belongs into {@link #never}, or behind {@code RefusePrefetch}. Links with {@code rel=nofollow}, {@code download} or
 * {@code target=_blank} are always left out. Immutable.
 */
public final class SpeculationRules {
  /** How sure it has to be that a link will be followed. */
  public enum Eagerness {
    /** At once. */
    IMMEDIATE,
    /** When the pointer comes near. */
    EAGER,
    /** When the pointer rests on the link. */
    MODERATE,
    /** When the pointer, or a finger, goes down. */
    CONSERVATIVE;

    private String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Rule(String action, Eagerness eagerness, Where where) {}

  private static final Where ALWAYS_OUT = Where.selector("[rel~=nofollow],[download],[target=_blank]");

  private final List<Rule> rules;
  private final List<Where> excluded;

  private SpeculationRules(List<Rule> rules, List<Where> excluded) {
    this.rules = rules;
    this.excluded = excluded;
  }

  /** Rules that speculate on nothing yet. */
  public static SpeculationRules create() {
    return new SpeculationRules(List.of(), List.of(ALWAYS_OUT));
  }

  /** A copy that fetches the pages behind such links. */
  public SpeculationRules prefetch(Eagerness eagerness, Where where) {
    return with(new Rule("prefetch", eagerness, where));
  }

  /** A copy that renders the pages behind such links, their scripts included. */
  public SpeculationRules prerender(Eagerness eagerness, Where where) {
    return with(new Rule("prerender", eagerness, where));
  }

  private SpeculationRules with(Rule rule) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(rule);
    return new SpeculationRules(List.copyOf(more), excluded);
  }

  /** A copy in which no rule holds for links to these paths, patterns as in {@link Where#path}: whatever does something when it is fetched. */
  public SpeculationRules never(String... paths) {
    List<Where> more = new ArrayList<>(excluded);
    for (String path : paths) {
      more.add(Where.path(path));
    }
    return new SpeculationRules(rules, List.copyOf(more));
  }

  /** The document. */
  public String json() {
    Map<String, List<Object>> actions = new LinkedHashMap<>();
    for (Rule rule : rules) {
      List<Object> all = new ArrayList<>();
      all.add(rule.where().json());
      excluded.forEach(where -> all.add(Map.of("not", where.json())));
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("where", Map.of("and", all));
      written.put("eagerness", rule.eagerness().text());
      actions.computeIfAbsent(rule.action(), _ -> new ArrayList<>()).add(written);
    }
    return new String(bytes(actions), UTF_8);
  }

  private static byte[] bytes(Object value) {
    return JsonCodec.jackson().write(value);
  }

  /** Where the document is, in an application that is mounted nowhere else: its name holds its hash, so it is stored for ever. */
  public String path() {
    return "/speculation-rules." + EntityTag.of(json().getBytes(UTF_8)).opaque() + ".json";
  }

  /** Registers the document in an application that is mounted nowhere else, and returns the gate that names it in every HTML page: {@code app.use(rules.routes(app))}. */
  public Gate routes(App app) {
    Response document = Response.bytes(200, "application/speculationrules+json", json().getBytes(
        UTF_8)).withHeader("Cache-Control", "public, max-age=31536000, immutable");
    app.get(path(), _ -> document);
    return gate();
  }

  /** The gate alone, for an application that serves the document elsewhere. */
  public Gate gate() {
    return new Naming(StructuredFields.write(Item.of(path())));
  }

  private record Naming(String field) implements Gate {
    @Override
    public Verdict before(Context c) {
      return Verdict.pass();
    }

    @Override
    public Response after(Context c, Response response) {
      boolean page = response.header("Content-Type").filter(type -> type.startsWith("text/html")).isPresent();
      return page && !response.headers().contains("Speculation-Rules") ? response.withHeader("Speculation-Rules", field)
          : response;
    }

    @Override
    public String name() {
      return "SpeculationRules";
    }
  }
}
