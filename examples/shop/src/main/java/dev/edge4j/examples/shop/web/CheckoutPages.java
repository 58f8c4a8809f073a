package dev.edge4j.examples.shop.web;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.accounts.Account;
import dev.edge4j.examples.shop.accounts.Address;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.Lines;
import dev.edge4j.examples.shop.cart.PricedCart;
import dev.edge4j.examples.shop.cart.Wish;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.money.Prices;
import dev.edge4j.examples.shop.orders.Checkout;
import dev.edge4j.examples.shop.orders.IdempotencyKey;
import dev.edge4j.examples.shop.orders.PricesChanged;
import dev.edge4j.http.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From the cart to an order, for who is logged in; also while the origin is away. */
public final class CheckoutPages {
  /**
   * The model of the page.
   *
   * @param key what makes a form sent twice one order
   * @param seen what the visitor sees and agrees to
   * @param agreed the total of it in US cents
   */
  record Review(Frame frame, Optional<String> problem, List<LineView> lines, Totals totals, AddressForm address,
      String key, String seen, long agreed) {}

  private final Checkout checkout;
  private final Carts carts;
  private final Catalogue catalogue;
  private final Frames frames;

  public CheckoutPages(Checkout checkout, Carts carts, Catalogue catalogue, Frames frames) {
    this.checkout = checkout;
    this.carts = carts;
    this.catalogue = catalogue;
    this.frames = frames;
  }

  /** Registers the routes. */
  public void routes(Routes app) {
    app.get("/checkout", c -> {
      String name = frames.named(c).account().map(Account::name).orElse("");
      return review(c, 200, Optional.empty(), AddressForm.empty(name, frames.market(c)));
    });
    app.post("/checkout", this::place);
  }

  private Response review(Context c, int status, Optional<String> problem, AddressForm address) throws Exception {
    Shopper shopper = frames.named(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/checkout");
    }
    Lines lines = carts.view(shopper);
    if (lines.empty()) {
      return frames.redirect(c, "/cart");
    }
    PricedCart cart = Degraded.of(c).told(PricedCart.of(lines, catalogue));
    Prices prices = frames.prices(c);
    Frame frame = frames.frame(c, "Check out", "Look once more, then order.");
    return frames.page(c, status, "checkout", new Review(frame, problem, LineView.all(cart, prices), Totals.of(cart,
        prices), address, UUID.randomUUID().toString(), lines.stamp(), cart.totalCents()));
  }

  private Response place(Context c) throws Exception {
    Shopper shopper = frames.named(c);
    if (shopper.account().isEmpty()) {
      return frames.redirect(c, "/login?next=/checkout");
    }
    Address sent = AddressForm.read(c);
    try {
      Checkout.Outcome outcome = c.timed("origin", () -> checkout.checkOut(c, shopper, wish(c, sent.checked()), c.form(
          "seen").asString()));
      return frames.redirect(c, switch (outcome) {
        case Checkout.Outcome.Ordered(var placed) -> "/orders/" + placed.order().id();
        case Checkout.Outcome.Queued(var order) -> "/orders/queued/" + order.ticket();
      });
    } catch (BadRequest e) {
      return review(c, e.status(), Optional.of("Please look at the fields that are marked."), AddressForm.of(sent, e
          .fields()));
    } catch (PricesChanged e) {
      checkout.lookAgain(shopper); // or the page would show the same prices once more
      return again(c, sent, e);
    } catch (HttpError e) {
      return again(c, sent, e);
    }
  }

  private Response again(Context c, Address sent, HttpError error) throws Exception {
    return review(c, error.status(), Optional.of(Frames.sentence(error.detail())), AddressForm.of(sent, List.of()));
  }

  private static Wish wish(Context c, Address address) {
    IdempotencyKey key = IdempotencyKey.ofForm(c.form("key").asString());
    Optional<Long> agreed = c.form("agreed").isPresent() ? Optional.of(c.form("agreed").asLong()) : Optional.empty();
    return new Wish(key.text(), key.fingerprint(), agreed, Optional.of(address));
  }
}
