package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.accounts.Account;
import java.util.List;
import java.util.Optional;

/**
 * What every page shows around its own content.
 *
 * @param cartCount a number, or a dash if it is not known
 * @param notice what is missing on this page or out of date, for the visitor to read
 */
record Frame(String title, String description, String canonical, String here, String words, Optional<Account> account,
    String cartCount, Optional<String> notice, List<Shelf> categories, List<Choice> markets, Assets assets,
    String region,
    String version) {

  /** A category in the navigation. */
  record Shelf(String slug, String title, boolean current) {}

  /** A market in the picker. */
  record Choice(String country, String name, String currency, boolean current) {}
}
