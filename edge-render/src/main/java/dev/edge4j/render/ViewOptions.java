package dev.edge4j.render;

import dev.edge4j.json.JsonCodec;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How templates are read. Immutable: each method returns other options.
 *
 * <p>{@link #strict()} is the dialect for pages: a name that the model does not have is an error, values are escaped for where they
 * stand, {@code {{{x}}}} takes {@link SafeHtml} alone, and nothing in a model is ever called or read as a template.
 *
 * <p>{@link #mustache()} is the Mustache specification with all its optional parts, for templates and models that are both
 * trusted: a missing name or template prints nothing, {@code {{{x}}}} prints any text, lambdas run ({@code Supplier} for
 * {@code {{x}}}, {@code Function<String, ?>} for {@code {{#x}}}) and what they return is read as a template, and {@code {{>*x}}} takes
 * the name of a compiled template from the model. Values are escaped for HTML text and quoted attributes wherever they stand.
 */
public final class ViewOptions {
  private static final ViewOptions STRICT = new ViewOptions(false, false, JsonCodec.jackson(), ViewOptions::noAssets,
      Map.of());

  private final boolean mustache;
  private final boolean inlineAttributes;
  private final JsonCodec json;
  private final UnaryOperator<String> assets;
  private final Map<String, Class<?>> models;

  private ViewOptions(boolean mustache, boolean inlineAttributes, JsonCodec json, UnaryOperator<String> assets,
      Map<String, Class<?>> models) {
    this.mustache = mustache;
    this.inlineAttributes = inlineAttributes;
    this.json = json;
    this.assets = assets;
    this.models = models;
  }

  private static String noAssets(String file) {
    throw new IllegalStateException("nothing knows assets (expected: ViewOptions.withAssets)");
  }

  /** The dialect for pages: what {@code Views.from} takes by itself. */
  public static ViewOptions strict() {
    return STRICT;
  }

  /** The specification, the whole of it: for trusted templates with trusted models. */
  public static ViewOptions mustache() {
    return new ViewOptions(true, true, STRICT.json, STRICT.assets, Map.of());
  }

  /**
   * Checks at start that a template, and all it includes, finds its names in models of a type: in record components, methods and fields, also
   * behind {@code List<T>}, {@code Optional<T>}, {@code Late<T>} and {@code Hole<T>}. A name is not checked where the type says too little: behind
   * a map, {@code Object} or an interface that others implement.
   */
  public ViewOptions withModel(String template, Class<?> type) {
    Map<String, Class<?>> more = new TreeMap<>(models);
    more.put(template, type);
    return new ViewOptions(mustache, inlineAttributes, json, assets, Map.copyOf(more));
  }

  /**
   * What turns the name of a file into its address for {@code {{#edge.asset}}app.css{{/edge.asset}}}. It is asked at start; what it throws
   * is an error in the template.
   */
  public ViewOptions withAssets(UnaryOperator<String> addresses) {
    return new ViewOptions(mustache, inlineAttributes, json, addresses, models);
  }

  /** What prints values in scripts; Jackson as it is set up for {@link dev.edge4j.App} by itself. */
  public ViewOptions withJson(JsonCodec codec) {
    return new ViewOptions(mustache, inlineAttributes, codec, assets, models);
  }

  /** Allows {@code style=} and {@code on...=}: a page with them needs a Content-Security-Policy with {@code 'unsafe-inline'}. */
  public ViewOptions withInlineAttributes() {
    return new ViewOptions(mustache, true, json, assets, models);
  }

  /** Whether this is the whole specification. */
  public boolean isMustache() {
    return mustache;
  }

  /** Whether {@code style=} and {@code on...=} are allowed. */
  public boolean allowsInlineAttributes() {
    return inlineAttributes;
  }

  /** What prints values in scripts. */
  public JsonCodec json() {
    return json;
  }

  /** The address of a file of assets by its name. */
  public UnaryOperator<String> assets() {
    return assets;
  }

  /** The types of models by template. */
  public Map<String, Class<?>> models() {
    return models;
  }
}
