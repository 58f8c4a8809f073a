package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.edge.EdgeBar;
import dev.edge4j.render.Hole;
import java.util.Optional;

/**
 * What of a page's frame is one visitor's, or one request's, own: the holes of a page of which all else may be kept for those who see the same.
 *
 * @param elsewhere the market of the country that the visitor seems to be in, if another one is picked
 * @param notice what is missing on this page or out of date, for the visitor to read
 * @param edge the bar at the foot of the page, drawn when all before it is there
 */
record Own(Hole<Visitor> visitor, Hole<Optional<Elsewhere>> elsewhere, Hole<Optional<String>> notice,
    Hole<Optional<EdgeBar>> edge) {
  private static final String VISITOR = "visitor";
  private static final String ELSEWHERE = "elsewhere";
  private static final String NOTICE = "notice";
  private static final String EDGE = "edge";

  /** The holes, with nothing to fill them. */
  static final Own PLACES = new Own(Hole.named(VISITOR), Hole.named(ELSEWHERE), Hole.named(NOTICE), Hole.named(EDGE));

  /**
   * Who looks at the page.
   *
   * @param cartCount a number, or a dash if it is not known
   */
  record Visitor(Optional<Account> account, String cartCount) {}

  /**
   * A market to change to.
   *
   * @param here where the visitor comes back to
   */
  record Elsewhere(String country, String name, String currency, String here) {}

  /** What fills them. */
  static Own of(Visitor visitor, Optional<Elsewhere> elsewhere, Optional<String> notice, Hole<Optional<EdgeBar>> edge) {
    return new Own(Hole.value(VISITOR, visitor), Hole.value(ELSEWHERE, elsewhere), Hole.value(NOTICE, notice), edge);
  }
}
