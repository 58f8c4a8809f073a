package dev.edge4j.examples.shop.cart;

import dev.edge4j.Context;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cart for programs: {@code /api/cart}. */
public final class CartApi {
  /** The body of {@code POST /api/cart/add}. */
  record Addition(long productId, int quantity) {}

  /**
   * A cart as JSON.
   *
   * @param cart quantities by product
   * @param lines empty while nobody can tell prices
   * @param total US dollars; absent while nobody can tell prices
   */
  record View(Map<Long, Integer> cart, List<Line> lines, int count, Optional<BigDecimal> total, String currency) {}

  /** One product of a cart as JSON. */
  record Line(long productId, String name, int quantity, BigDecimal price, BigDecimal total) {}

  private static final String CURRENCY = "USD";
  private static final Logger LOG = LoggerFactory.getLogger(CartApi.class);

  private final Carts carts;
  private final Catalogue catalogue;
  private final Shopper.Door door;

  public CartApi(Carts carts, Catalogue catalogue, Shopper.Door door) {
    this.carts = carts;
    this.catalogue = catalogue;
    this.door = door;
  }

  /** Registers the routes. */
  public void routes(Routes api) {
    api.get("/cart", c -> reply(c, carts.view(shopper(c))));
    api.post("/cart/add", this::add);
    api.post("/cart/clear", c -> {
      carts.of(shopper(c)).clear();
      return reply(c, Lines.NONE);
    });
  }

  private Response add(Context c) throws Exception {
    Addition addition = c.body(Addition.class);
    Shopper shopper = shopper(c);
    Lines lines = c.timed("cart", () -> carts.add(shopper, addition.productId(), addition.quantity()));
    try {
      return reply(c, lines);
    } catch (CatalogueUnavailable e) { // it is in: an error would have it added again
      LOG.warn("a cart without prices: {}", e.getMessage());
      return reply(c, new View(lines.quantities(), List.of(), lines.count(), Optional.empty(), CURRENCY))
          .withHeader(ServedFrom.DEGRADED, Catalogue.CLASS);
    }
  }

  private Shopper shopper(Context c) {
    return Shopper.orUnnamed(c, door, e -> LOG.warn("a cart without its owner's name: {}", e.getMessage()));
  }

  private Response reply(Context c, Lines lines) {
    PricedCart priced = PricedCart.of(lines, catalogue);
    List<Line> shown = priced.lines()
        .stream()
        .map(line -> new Line(line.product().id(), line.product().name(), line.quantity(),
            Prices.dollars(line.product().priceCents()), Prices.dollars(line.totalCents())))
        .toList();
    return reply(c, new View(lines.quantities(), shown, lines.count(), Optional.of(Prices.dollars(priced.totalCents())),
        CURRENCY));
  }

  private static Response reply(Context c, View view) {
    return c.json(view).withHeader("Cache-Control", "private, no-store");
  }
}
