package dev.edge4j.examples.shop.web;

import dev.edge4j.Conflict;
import dev.edge4j.Context;
import dev.edge4j.Routes;
import dev.edge4j.WebSocketOptions;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.cart.Claims;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.sale.Sale;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.http.Response;
import dev.edge4j.NotFound;
import dev.edge4j.state.Sockets;
import java.util.Optional;

/** The sale of the day: how many pieces are left, as it happens, and one for each customer. */
public final class SalePages {
  /** The model of the page. */
  record Model(Frame frame, Optional<String> problem, String name, String picture, String url, String price, long left,
      int pieces, boolean any, boolean kept, boolean inCart, boolean bought, boolean claimable) {}

  /** The sale for programs. */
  record State(long productId, int left, int pieces, Optional<Sale.Claim> mine) {}

  private static final WebSocketOptions RESUMING = WebSocketOptions.defaults().withSubprotocols(Sockets.RESUME);

  private final Sales sales;
  private final Carts carts;
  private final Claims claims;
  private final Catalogue catalogue;
  private final Frames frames;

  public SalePages(Sales sales, Carts carts, Catalogue catalogue, Frames frames) {
    this.sales = sales;
    this.carts = carts;
    this.claims = new Claims(sales, carts);
    this.catalogue = catalogue;
    this.frames = frames;
  }

  /** Registers what pages listen to. */
  public void live(Routes app) {
    app.ws("/cart/live", RESUMING, carts.live(frames::named));
    app.ws("/sale/live", RESUMING, sales.live());
  }

  /** Registers the pages. */
  public void routes(Routes app) {
    app.get("/sale", c -> page(c, 200, Optional.empty()));
    app.post("/sale/claim", c -> {
      Shopper shopper = frames.named(c);
      if (shopper.account().isEmpty()) {
        return frames.redirect(c, "/login?next=/sale");
      }
      try {
        claims.claim(shopper);
        return frames.redirect(c, "/cart");
      } catch (Conflict e) {
        return page(c, 409, Optional.of(Frames.sentence(e.detail())));
      }
    });
  }

  /** Registers the same for programs. */
  public void api(Routes api) {
    api.get("/sale", c -> state(c, 200, frames.named(c)));
    api.post("/sale/claim", c -> {
      Shopper shopper = frames.named(c);
      shopper.required();
      claims.claim(shopper);
      return state(c, 201, shopper);
    });
  }

  private Response state(Context c, int status, Shopper shopper) {
    Sale.View view = claims.view(shopper);
    return c.json(status, new State(Sales.PRODUCT, view.left(), Sales.PIECES, view.mine()))
        .withHeader("Cache-Control", "private, no-store");
  }

  private Response page(Context c, int status, Optional<String> problem) throws Exception {
    Product product = Degraded.of(c)
        .told(catalogue.look(Sales.PRODUCT).orElseThrow(() -> new NotFound("There is no sale today")))
        .value();
    Shopper shopper = frames.named(c);
    Sale.View view = claims.view(shopper);
    Optional<Claims.Place> place = claims.place(shopper, view);
    long left = Math.min(view.left(), product.stock());
    Frame frame = frames.frame(c, shopper, "Sale of the day", "A hundred pieces, one for each customer.");
    return frames.page(c, status, "sale", new Model(frame, problem, product.name(), product.pictureUrl(),
        "/products/" + product.id(), frames.prices(c).text(product.priceCents()), left, Sales.PIECES, left > 0,
        is(place, Claims.Place.KEPT), is(place, Claims.Place.IN_CART), is(place, Claims.Place.BOUGHT), left > 0
            && place.isEmpty()));
  }

  private static boolean is(Optional<Claims.Place> place, Claims.Place asked) {
    return place.filter(asked::equals).isPresent();
  }
}
