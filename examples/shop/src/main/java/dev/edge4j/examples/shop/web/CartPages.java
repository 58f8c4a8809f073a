package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.Routes;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.coupons.Coupon;
import dev.edge4j.examples.shop.coupons.Coupons;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The cart, by plain forms: each change is a POST that leads back to the cart. */
public final class CartPages {
  /** The model of the cart. */
  record Model(Frame frame, Optional<String> problem, boolean empty, List<LineView> lines, Totals totals) {}

  private final Carts carts;
  private final Catalogue catalogue;
  private final Coupons coupons;
  private final Frames frames;
  private final ShopPages shop;

  public CartPages(Carts carts, Catalogue catalogue, Coupons coupons, Frames frames, ShopPages shop) {
    this.carts = carts;
    this.catalogue = catalogue;
    this.coupons = coupons;
    this.frames = frames;
    this.shop = shop;
  }

  /** Registers the routes. */
  public void routes(Routes app) {
    app.get("/cart", c -> cart(c, 200, Optional.empty()));
    app.post("/cart/add", this::add);
    app.post("/cart/update", c -> change(c, () -> carts.set(frames.named(c), c.form("productId").asLong(), c.form(
        "quantity").asInt())));
    app.post("/cart/remove", c -> change(c, () -> carts.remove(frames.named(c), c.form("productId").asLong())));
    app.post("/cart/clear", c -> change(c, () -> carts.of(frames.named(c)).clear()));
    app.post("/cart/coupon", this::coupon);
    app.post("/cart/coupon/remove", c -> change(c, () -> carts.of(frames.named(c)).withoutCoupon()));
  }

  private Response add(Context c) throws Exception {
    long product = c.form("productId").asLong();
    try {
      Shopper shopper = frames.named(c);
      int quantity = c.form("quantity").asInt(1);
      var _ = c.timed("cart", () -> carts.add(shopper, product, quantity));
      return frames.redirect(c, "/cart");
    } catch (HttpError e) {
      return shop.product(c, product, e.status(), Optional.of(Frames.sentence(e.detail())));
    }
  }

  private Response coupon(Context c) throws Exception {
    Shopper shopper = frames.named(c);
    String code = c.form("code").asString();
    OptionalLong account = shopper.account().map(one -> OptionalLong.of(one.id())).orElseGet(OptionalLong::empty);
    try {
      Coupon coupon = c.timed("origin", () -> coupons.find(code, account));
      return change(c, () -> carts.of(shopper).use(coupon));
    } catch (HttpError e) {
      return cart(c, e.status(), Optional.of(Frames.sentence(e.detail())));
    } catch (StoreException e) {
      return cart(c, 503, Optional.of(
          "We cannot look at codes just now. Try again in a moment, or at your next order."));
    }
  }

  private Response change(Context c, Runnable change) throws Exception {
    try {
      change.run();
      return frames.redirect(c, "/cart");
    } catch (HttpError e) {
      return cart(c, e.status(), Optional.of(Frames.sentence(e.detail())));
    }
  }

  private Response cart(Context c, int status, Optional<String> problem) throws Exception {
    Shopper shopper = frames.named(c);
    PricedCart cart = Degraded.of(c).told(PricedCart.of(carts.view(shopper), catalogue));
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, "Your cart", "What you have chosen so far.");
    return frames.page(c, status, "cart", new Model(frame, problem, cart.lines().isEmpty(), LineView.all(cart, prices),
        Totals.of(cart, prices)));
  }
}
