package dev.edge4j.examples.shop.sale;

import dev.edge4j.state.ReadOnly;
import java.time.Instant;
import java.util.Optional;

/** What a sale can be asked; one call is one turn. A buyer is named by his cart. */
public interface Sale {
  /**
   * A piece that is kept for a buyer.
   *
   * @param number which of the pieces, from 1
   * @param until when it goes to others if it is not bought; empty once it is
   */
  record Claim(int number, Optional<Instant> until) {}

  /**
   * How a sale stands.
   *
   * @param left how many pieces nobody has claimed
   * @param mine what the asking buyer has
   */
  record View(int left, Optional<Claim> mine) {}

  @ReadOnly
  View view(String buyer);

  /** Keeps a piece for a buyer, the same one if he asks again; {@link dev.edge4j.Conflict} if there is none left, or he has bought his. */
  Claim claim(String buyer);

  /** Gives what is kept for a buyer to others; nothing happens if nothing is, or he has bought it. */
  void release(String buyer);

  /** The buyer has bought what was kept for him with that order; nothing happens if nothing was, or he has bought it before. */
  void bought(String buyer, long orderId);

  /** The buyer has taken that order back: what he bought with it goes to others, and he may claim again. Nothing happens if he bought it with another. */
  void takenBack(String buyer, long orderId);
}
