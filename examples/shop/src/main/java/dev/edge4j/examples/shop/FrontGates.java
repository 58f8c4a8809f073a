package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.Canary;
import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.examples.shop.accounts.VisitorCookie;
import dev.edge4j.examples.shop.money.ShopMarkets;
import dev.edge4j.examples.shop.ops.Dashboard;
import dev.edge4j.middleware.Csrf;
import dev.edge4j.middleware.EdgeHeaders;
import dev.edge4j.middleware.GeoHeaders;
import dev.edge4j.middleware.RateLimit;
import dev.edge4j.middleware.RequestId;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.middleware.Timing;
import dev.edge4j.server.Readiness;
import java.time.Duration;
import java.util.List;

/** The gates that stand in front of everything, in the order in which a request passes them; behind them the two versions of the shop. */
final class FrontGates {
  private static final String POLICY = String.join("; ", "default-src 'self'", "base-uri 'none'", "form-action 'self'",
      "frame-ancestors 'none'", "object-src 'none'");
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  /** How many reviews a customer may write, over all products and both versions of the shop. */
  private static final int REVIEWS_AN_HOUR = 20;

  private final ShopOptions options;
  private final Parts parts;

  FrontGates(ShopOptions options, Parts parts) {
    this.options = options;
    this.parts = parts;
  }

  /** The whole shop, as a server serves it. */
  App app(Readiness readiness, Dashboard dashboard, Surroundings surroundings, App stable, App next) {
    var app = new App();
    options.proxies().ifPresent(app::behind);
    app.get("/readyz", readiness.handler()); // before the gates: a load balancer is no visitor
    app.use(Timing.create(), EdgeHeaders.create(options.region()));
    if (options.believesCountry()) {
      app.use(GeoHeaders.trusting(ShopOptions.COUNTRY));
    }
    app.use(new Performance(parts.mesh.events(Stores.ANALYTICS), parts.site, parts.monitor),
        ShopMarkets.at(parts.site.country()),
        RequestId.create(),
        SecureHeaders.create().contentSecurityPolicy(POLICY).with("X-Frame-Options", "DENY"),
        RateLimit.perClient(options.rate(), A_MINUTE),
        Csrf.create(),
        parts.sessions.gate(),
        new VisitorCookie());
    guessing(app);
    app.use("/products/:id/reviews", RateLimit.by(this::writer, REVIEWS_AN_HOUR, Duration.ofHours(1)).named("reviews"));
    if (options.dashboard()) {
      dashboard.routes(app);
    }
    surroundings.routes().accept(app);
    app.mount("/", Canary.of(stable, next).share(parts.experiment.share()).by(FrontGates::visitor));
    return app;
  }

  /** What can be guessed, passwords and coupons, can be tried less often. */
  private void guessing(App app) {
    int tries = Math.max(10, options.rate() / 1_000); // each costs a fifth of a second of a core
    Gate logins = RateLimit.perClient(tries, A_MINUTE).burst(Math.ceilDiv(tries, 4)).named("login");
    for (String path : List.of("/login", "/register", "/api/login", "/api/register")) {
      app.use(path, logins);
    }
    app.use("/cart/coupon", RateLimit.perClient(Math.max(10, options.rate() / 4_000), A_MINUTE).named("coupon"));
  }

  /** A customer, however often he has logged in; of who is none no review is kept. */
  private Object writer(Context c) {
    return parts.sessions.accountIdOfToken(c).<Object>map(Long::valueOf).orElseGet(() -> c.client().address());
  }

  /** A browser by its cookie; a program that asks the catalogue without one, and is given none, by its address. */
  private static Object visitor(Context c) {
    VisitorCookie.Visitor visitor = c.require(VisitorCookie.KEY);
    boolean keepsNone = visitor.isNew() && c.path().startsWith("/api/products");
    return keepsNone ? c.client().address() : visitor.id();
  }
}
