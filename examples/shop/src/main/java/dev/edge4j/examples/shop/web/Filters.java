package dev.edge4j.examples.shop.web;

import java.util.List;

/**
 * What a list can be narrowed by, as links, and a form for prices.
 *
 * @param shelves the tree of categories
 */
record Filters(List<Shelf> shelves, List<Choice> materials, Choice stock, Price price) {
  /** A category; its kinds are there if it is the one that is open. */
  record Shelf(Choice choice, boolean open, List<Choice> kinds) {}

  /**
   * Something that can be chosen.
   *
   * @param url the address of the list with it, or without it if it is chosen
   */
  record Choice(String url, String title, long count, boolean current) {}

  /**
   * The form for prices, in the visitor's currency.
   *
   * @param hidden what else is chosen
   * @param lowest the lowest price there is, as a hint
   */
  record Price(List<Field> hidden, String currency, String min, String max, String lowest, String highest) {}

  /** A field that nobody sees. */
  record Field(String name, String value) {}
}
