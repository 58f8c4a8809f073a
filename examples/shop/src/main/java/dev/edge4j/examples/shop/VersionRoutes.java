package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.Group;
import dev.edge4j.examples.shop.cart.CartApi;
import dev.edge4j.examples.shop.catalogue.CatalogueApi;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.orders.OrdersApi;
import dev.edge4j.examples.shop.web.AdminPages;
import dev.edge4j.examples.shop.web.CartPages;
import dev.edge4j.examples.shop.web.CheckoutPages;
import dev.edge4j.examples.shop.web.ErrorPages;
import dev.edge4j.examples.shop.web.ForPrograms;
import dev.edge4j.examples.shop.web.Frames;
import dev.edge4j.examples.shop.web.Login;
import dev.edge4j.examples.shop.web.OrderPages;
import dev.edge4j.examples.shop.web.Pickers;
import dev.edge4j.examples.shop.web.Pictures;
import dev.edge4j.examples.shop.web.QueuePages;
import dev.edge4j.examples.shop.web.SalePages;
import dev.edge4j.examples.shop.web.ShopPages;
import dev.edge4j.examples.shop.web.Variant;
import dev.edge4j.middleware.Timeout;
import java.time.Duration;

/** The routes of one version of the shop, behind the {@link FrontGates}: files, the API, pages. */
final class VersionRoutes {
  /** How long a visitor waits for orders, accounts and carts; the catalogue has steps, and less patience with each. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final String ORDERS = "orders need strong consistency";
  private static final String ACCOUNTS = "accounts must be unique everywhere";

  private final ShopOptions options;
  private final Parts parts;
  private final Frames frames;
  private final ErrorPages errors;
  private final Login login;
  private final SalePages sale;

  private VersionRoutes(ShopOptions options, Parts parts, Variant variant) {
    this.options = options;
    this.parts = parts;
    this.frames = new Frames(parts.door, parts.carts, parts.assets, parts.address, options.region(), variant,
        parts.stock::behind);
    this.errors = new ErrorPages(frames, parts.standby);
    this.login = new Login(parts.accounts, parts.sessions, parts.carts, frames);
    this.sale = new SalePages(parts.sales, parts.carts, parts.catalogue, frames);
  }

  /** That version as an application. */
  static App of(ShopOptions options, Parts parts, Variant variant) {
    var app = new App();
    var routes = new VersionRoutes(options, parts, variant);
    app.onError(routes.errors::page);
    routes.watched(app, variant);
    app.use(parts.views); // in front of all routes, as each may come to an error page
    routes.files(app);
    routes.sale.live(app); // in front of the timeout, as sockets stay
    routes.api(app.group("/api"));
    app.use(Timeout.after(PATIENCE));
    routes.pages(app);
    routes.atOrigin(app);
    return app;
  }

  private void watched(App app, Variant variant) {
    if (variant == Variant.NEXT) {
      app.use(parts.experiment.next(), variant, parts.experiment.breakage());
    } else {
      app.use(parts.experiment.stable(), variant);
    }
  }

  private void files(App app) {
    parts.assets.routes(app);
    new Pictures(parts.assets).routes(app);
    new ForPrograms(parts.address, parts.catalogue).routes(app);
  }

  private void api(Group api) {
    api.onError(errors::problem);
    api.use("/products/*", new ServedFrom(), parts.cache);
    api.use(Timeout.after(PATIENCE)); // behind the cache: a hit waits for nothing
    new CatalogueApi(parts.catalogue, options.region()).routes(api);
    new CartApi(parts.carts, parts.catalogue, parts.door).routes(api);
    sale.api(api);
    var orders = new OrdersApi(parts.checkout, parts.orders, parts.door);
    orders.edge(api);
    orders.routes(api.atOrigin(ORDERS));
    api.use("/login", parts.guesses);
    api.use("/register", parts.guesses);
    login.api(api.atOrigin(ACCOUNTS));
  }

  private void pages(App app) {
    app.use("/login", parts.guesses);
    app.use("/register", parts.guesses);
    var shop = new ShopPages(parts.catalogue, parts.reviews, parts.seen, frames, parts.views);
    shop.routes(app);
    shop.origin(app.atOrigin("reviews are written in one place"));
    new CartPages(parts.carts, parts.catalogue, parts.coupons, frames, shop).routes(app);
    sale.routes(app);
    new CheckoutPages(parts.checkout, parts.carts, parts.catalogue, frames).routes(app);
    new QueuePages(parts.carts, parts.catalogue, frames).routes(app);
    login.routes(app);
    new Pickers(frames).routes(app);
  }

  /** Pages of what is decided in one place. */
  private void atOrigin(App app) {
    new OrderPages(parts.checkout, parts.orders, parts.carts, frames).routes(app.atOrigin(ORDERS));
    new AdminPages(parts.goods, parts.orders, parts.sessions, frames)
        .routes(app.atOrigin("prices and stock are decided in one place"));
    login.origin(app.atOrigin(ACCOUNTS));
  }
}
