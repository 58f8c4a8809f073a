package dev.edge4j.examples.carts;

import java.util.Map;

/** Carts that outlive their process. Safe for use by many threads. */
interface Carts extends AutoCloseable {
  /** How many carts there are, each with a caller of its own. */
  int CARTS = 64;
  /** How many products a cart comes to hold. */
  int PRODUCTS = 8;

  /** Adds to a cart and gives the whole of it, once that is on disk. */
  Map<String, Integer> add(int cart, String product, int quantity);

  @Override
  void close();
}
