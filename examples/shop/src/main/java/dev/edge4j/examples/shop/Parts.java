package dev.edge4j.examples.shop;

import dev.edge4j.data.DataMesh;
import dev.edge4j.env.Secret;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.accounts.Guesses;
import dev.edge4j.examples.shop.accounts.Passwords;
import dev.edge4j.examples.shop.accounts.Sessions;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.catalogue.AnswerCache;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.EdgeCopy;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import dev.edge4j.examples.shop.coupons.Coupons;
import dev.edge4j.examples.shop.edge.Site;
import dev.edge4j.examples.shop.goods.Goods;
import dev.edge4j.examples.shop.ops.Crowd;
import dev.edge4j.examples.shop.ops.Experiment;
import dev.edge4j.examples.shop.ops.Monitor;
import dev.edge4j.examples.shop.orders.Checkout;
import dev.edge4j.examples.shop.orders.Desk;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.examples.shop.reviews.Reviews;
import dev.edge4j.examples.shop.sale.Sales;
import dev.edge4j.examples.shop.secrets.SecretFile;
import dev.edge4j.examples.shop.web.Seen;
import dev.edge4j.examples.shop.web.ShopSite;
import dev.edge4j.examples.shop.web.StaticPage;
import dev.edge4j.kv.KvStore;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import dev.edge4j.render.asset.AssetOptions;
import dev.edge4j.render.asset.Assets;
import dev.edge4j.state.EdgeSocket;
import java.time.InstantSource;

/**
 * What a shop is made of: who knows whom, and what ends with it. The stores below are opened before it and closed after it. One for all routes and all versions; each
 * part is safe for use by many threads.
 */
final class Parts implements AutoCloseable {
  final DataMesh mesh;
  final EdgeCopy copy;

  // what is sold
  final Catalogue catalogue;
  final Reviews reviews;
  final Sales sales;
  final StockFeed stock;
  final Goods goods;
  final AnswerCache cache;

  // who buys
  final Accounts accounts;
  final Sessions sessions;
  final Shopper.Door door;
  final Guesses guesses;
  final Seen seen;

  // what is bought
  final Carts carts;
  final Coupons coupons;
  final Orders orders;
  final Checkout checkout;

  // how it looks
  final ShopSite address;
  final Assets assets;
  final Views views;
  final StaticPage standby;

  // how it is doing
  final Site site;
  final Monitor monitor;
  final Experiment experiment;
  final Crowd crowd;

  /** On stores that are open, in that place. */
  Parts(ShopOptions options, Stores stores, Site site) {
    InstantSource clock = stores.clock();
    this.mesh = stores.mesh();
    this.copy = stores.copy();
    KvStore kv = mesh.kv(Stores.CACHE);
    String secret = options.secret()
        .map(Secret::reveal)
        .orElseGet(() -> SecretFile.read(options.data().resolve("jwt.secret")));

    this.catalogue = new Catalogue(mesh, kv, clock, stores.patience());
    this.reviews = new Reviews(mesh, clock);
    this.sales = new Sales(stores.objects());
    this.stock = new StockFeed(mesh, copy, catalogue, clock);
    this.address = new ShopSite(options.site(), options.port());
    this.cache = new AnswerCache(kv, clock, address::isOurs);
    this.monitor = new Monitor(clock, site.lag());
    this.goods = new Goods(mesh, stock, cache::purge, monitor::event, clock);

    this.accounts = new Accounts(mesh, new Passwords(options.passwordRounds()), clock);
    this.sessions = new Sessions(secret, stores.objects());
    this.door = new Shopper.Door(sessions, accounts);
    this.guesses = new Guesses(Math.max(10, options.rate() / 2_000));
    this.seen = new Seen(secret);

    this.orders = new Orders(mesh, clock);
    var desk = new Desk(orders);
    this.carts = new Carts(stores.objects(), catalogue, sales, desk);
    stock.onReturn(carts::hurry); // at the start too: what a killed process was handing in would wait long for its answer
    this.coupons = new Coupons(mesh, clock);
    this.checkout = new Checkout(orders, carts, stock, desk, coupons);

    this.assets = Assets.from(Parts.class.getClassLoader(), "assets", AssetOptions.defaults()
        .withFile("edge-socket.js", EdgeSocket::script));
    this.views = Views.from("templates", ViewOptions.strict().withAssets(assets::url));
    this.standby = new StaticPage(views);

    this.site = site;
    this.experiment = new Experiment(options.canary(), monitor);
    this.crowd = new Crowd(monitor);
  }

  /** Ends what they do by themselves. */
  @Override
  public void close() {
    crowd.close();
    assets.close();
    catalogue.close();
    reviews.close();
    cache.close();
  }
}
