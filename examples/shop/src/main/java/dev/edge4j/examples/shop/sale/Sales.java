package dev.edge4j.examples.shop.sale;

import dev.edge4j.WebSocketHandler;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.Namespace;
import java.time.Duration;

/** The sale of the day. Safe for use by many threads. */
public final class Sales {
  /** What is sold. */
  public static final long PRODUCT = 1;

  /** How many there are. */
  public static final int PIECES = 100;

  /** How long a piece is kept for who has claimed it. */
  public static final Duration HELD = Duration.ofMinutes(10);

  /** The name of the sale that is on. */
  public static final String TODAY = "today";

  private final Namespace<Sale> sales;

  public Sales(DurableObjects objects) {
    this.sales = objects.namespace("sale", Sale.class, SaleObject::new);
  }

  /** The sale that is on. */
  public Sale today() {
    return sales.get(TODAY);
  }

  /** For objects that tell it something. */
  public Namespace<Sale> namespace() {
    return sales;
  }

  /** Tells whoever listens how many pieces are left, each time that changes. */
  public WebSocketHandler live() {
    return sales.sockets(_ -> TODAY);
  }
}
