package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.Canary;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Group;
import dev.edge4j.Route;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.data.DataMesh;
import dev.edge4j.env.Secret;
import dev.edge4j.examples.shop.accounts.Accounts;
import dev.edge4j.examples.shop.accounts.Passwords;
import dev.edge4j.examples.shop.accounts.Sessions;
import dev.edge4j.examples.shop.accounts.VisitorCookie;
import dev.edge4j.examples.shop.cart.CartApi;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueApi;
import dev.edge4j.examples.shop.catalogue.EdgeCopy;
import dev.edge4j.examples.shop.catalogue.Seeder;
import dev.edge4j.examples.shop.catalogue.StockFeed;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.orders.Checkout;
import dev.edge4j.examples.shop.orders.Orders;
import dev.edge4j.examples.shop.orders.OrdersApi;
import dev.edge4j.examples.shop.web.Assets;
import dev.edge4j.examples.shop.web.CartPages;
import dev.edge4j.examples.shop.web.ErrorPages;
import dev.edge4j.examples.shop.web.Frames;
import dev.edge4j.examples.shop.web.Login;
import dev.edge4j.examples.shop.web.OrderPages;
import dev.edge4j.examples.shop.web.ShopPages;
import dev.edge4j.examples.shop.web.StaticPage;
import dev.edge4j.examples.shop.web.Variant;
import dev.edge4j.kv.KvStore;
import dev.edge4j.middleware.Csrf;
import dev.edge4j.middleware.EdgeHeaders;
import dev.edge4j.middleware.GeoHeaders;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.Timeout;
import dev.edge4j.middleware.Timing;
import dev.edge4j.render.Views;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.WarmUp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;

/** Puts the shop together: who knows whom, which gates stand in front, which routes lead where. */
public final class ShopApp implements AutoCloseable {
  private static final String POLICY = String.join("; ", "default-src 'self'", "base-uri 'none'", "form-action 'self'",
      "frame-ancestors 'none'", "object-src 'none'");

  /** How long a visitor waits for orders, accounts and carts; the catalogue has steps, and less patience with each. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final ShopOptions options;
  private final DataMesh mesh;
  private final EdgeCopy copy;
  private final Catalogue catalogue;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Carts carts;
  private final Orders orders;
  private final Checkout checkout;
  private final StockFeed stock;
  private final Assets assets = new Assets();
  private final Views views = Views.from("templates");
  private final ResponseCache cache;
  private final StaticPage standby;
  private final Readiness readiness = Readiness.create();
  private final App edge;
  private final App stable;

  /** A shop on open stores. */
  public ShopApp(ShopOptions options, Stores stores) {
    this.options = options;
    this.mesh = stores.mesh();
    KvStore kv = mesh.kv(Stores.CACHE);
    InstantSource clock = stores.clock();
    this.copy = stores.copy();
    this.catalogue = new Catalogue(mesh, kv, clock);
    this.accounts = new Accounts(mesh, new Passwords(options.passwordRounds()), clock);
    this.sessions = new Sessions(options.secret()
        .map(Secret::reveal)
        .orElseGet(() -> SecretFile.read(options.data().resolve("jwt.secret"))));
    this.carts = new Carts(stores.objects(), catalogue);
    this.orders = new Orders(mesh, clock);
    this.stock = new StockFeed(mesh, copy, catalogue, clock);
    this.checkout = new Checkout(orders, carts, stock);
    this.cache = ResponseCache.create(kv).clock(clock);
    this.standby = new StaticPage(views, assets);
    this.stable = version(Variant.STABLE);
    this.edge = edge(version(Variant.NEXT));
  }

  /** Makes what a new shop lacks, products above all, and brings the edge copy up to date. */
  public void prepare(LongConsumer progress) {
    new Seeder(mesh, copy).seed(options.products(), progress);
    accounts.openDemo();
    stock.pull();
  }

  /** Keeps the edge copy up with the origin until closed. */
  AutoCloseable follow() {
    return stock.follow(Duration.ofSeconds(1));
  }

  /** Ends what its caches do by themselves with the stores, which are closed after it. */
  @Override
  public void close() {
    catalogue.close();
    cache.close();
  }

  /** Brings the edge copy up to date, as {@link #follow} does each second. */
  void pull() {
    stock.pull();
  }

  /** The whole shop, as a server serves it. */
  public App app() {
    return edge;
  }

  /** Whether visitors should come here, for the server to say and {@code /readyz} to tell. */
  Readiness readiness() {
    return readiness;
  }

  /** The pages that most visitors see first. They leave nothing behind but what caches keep. */
  static WarmUp warmUp() {
    return WarmUp.get("/", "/products", "/products/1", "/api/products", "/login").withRounds(5);
  }

  /** The routes behind the gates that stand in front of everything. */
  public List<Route> routes() {
    return stable.routes();
  }

  private App edge(App next) {
    var app = new App();
    app.get("/readyz", readiness.handler()); // before the gates: a load balancer is no visitor
    app.use(Timing.create(), EdgeHeaders.create(options.region()), GeoHeaders.trusting("CF-IPCountry"),
        new Performance(mesh.events(Stores.ANALYTICS), options.region()), RequestId.create(),
        SecureHeaders.create().contentSecurityPolicy(POLICY), RateLimit.perClient(options.rate(), Duration.ofMinutes(
            1)),
        Csrf.create(), sessions.gate(), new VisitorCookie());
    Gate logins = RateLimit.perClient(Math.max(10, options.rate() / 100), Duration.ofMinutes(1)).named("login");
    for (String path : List.of("/login", "/register", "/api/login", "/api/register")) {
      app.use(path, logins);
    }
    app.mount("/", Canary.of(stable, next).share(options.canary()).by(ShopApp::visitor));
    return app;
  }

  /** A browser by its cookie; a program that asks the catalogue without one, and is given none, by its address. */
  private static Object visitor(Context c) {
    VisitorCookie.Visitor visitor = c.require(VisitorCookie.KEY);
    boolean keepsNone = visitor.isNew() && c.path().startsWith("/api/products");
    return keepsNone ? c.client().address() : visitor.id();
  }

  private App version(Variant variant) {
    var app = new App();
    var frames = new Frames(accounts, carts, assets, options.region(), variant);
    var errors = new ErrorPages(frames, standby);
    var login = new Login(accounts, sessions, carts, frames);
    app.onError(errors::page);
    app.use(variant);
    assets.routes(app);

    Group api = app.group("/api");
    api.onError(errors::problem);
    api.use("/products/*", new ServedFrom(), cache);
    api.use(Timeout.after(PATIENCE)); // behind the cache: a hit waits for nothing
    new CatalogueApi(catalogue, options.region()).routes(api);
    new CartApi(carts, catalogue, accounts).routes(api);
    new OrdersApi(checkout, orders, accounts).routes(api.atOrigin("orders need strong consistency"));
    login.api(api.atOrigin("accounts must be unique everywhere"));

    app.use(views, Timeout.after(PATIENCE));
    var shop = new ShopPages(catalogue, frames);
    shop.routes(app);
    new CartPages(carts, catalogue, frames, shop).routes(app);
    new OrderPages(checkout, orders, carts, catalogue, frames).routes(app.atOrigin("orders need strong consistency"));
    login.routes(app);
    login.origin(app.atOrigin("accounts must be unique everywhere"));
    return app;
  }
}
