package dev.edge4j.examples.shop.web;

import dev.edge4j.render.SafeHtml;
import dev.edge4j.render.head.Head;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What every page shows around its own content.
 *
 * @param about what the page says about itself to those that only read its head
 * @param own what is the visitor's alone
 */
record Frame(Head about, String here, String words, Own own, List<Shelf> categories, List<Choice> markets,
    String region, String version, Scheme scheme) {

  /** The same with what else the page says about itself. */
  Frame with(UnaryOperator<Head> more) {
    return new Frame(more.apply(about), here, words, own, categories, markets, region, version, scheme);
  }

  /** The elements of the page's head. */
  public SafeHtml head() {
    return about.html();
  }

  /** A category in the navigation. */
  record Shelf(String slug, String title, boolean current) {}

  /** A market in the picker. */
  record Choice(String country, String name, String currency, boolean current) {}
}
