package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.Route;
import dev.edge4j.examples.shop.accounts.Shopper;
import dev.edge4j.examples.shop.cart.Carts;
import dev.edge4j.examples.shop.catalogue.Seeder;
import dev.edge4j.examples.shop.goods.Goods;
import dev.edge4j.examples.shop.ops.Dashboard;
import dev.edge4j.examples.shop.ops.Monitor;
import dev.edge4j.examples.shop.ops.Sources;
import dev.edge4j.examples.shop.secrets.SecretFile;
import dev.edge4j.examples.shop.web.Variant;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.WarmUp;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shop from its opening to its end. Who knows whom is in {@link Parts}, which gates stand in front of everything in {@link FrontGates}, which routes lead where in
 * {@link VersionRoutes}.
 */
public final class ShopApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShopApp.class);

  /** The file with the password of the keeper's account. */
  private static final String KEEPER = "keeper.password";

  private final ShopOptions options;
  private final Parts parts;
  private final Readiness readiness = Readiness.create();
  private final AtomicReference<Optional<URI>> self = new AtomicReference<>(Optional.empty());
  private final App edge;
  private final App stable;

  /** A shop on open stores, alone in the world. */
  public ShopApp(ShopOptions options, Stores stores) {
    this(options, stores, Surroundings.none(options, stores));
  }

  /** A shop in a world. */
  ShopApp(ShopOptions options, Stores stores, Surroundings surroundings) {
    this.options = options;
    this.parts = new Parts(options, stores, surroundings.site());
    this.stable = VersionRoutes.of(options, parts, Variant.STABLE);
    var sources = new Sources(parts.site.title(), parts.monitor, surroundings.chaos(), parts.experiment, parts.crowd,
        stores.objects()::stats, surroundings.spots(), self::get);
    this.edge = new FrontGates(options, parts).app(readiness, new Dashboard(sources, parts.views), surroundings, stable,
        VersionRoutes.of(options, parts, Variant.NEXT));
  }

  /** Makes what a new shop lacks, products above all, and brings the edge copy up to date. */
  public void prepare(LongConsumer progress) {
    new Seeder(parts.mesh, parts.copy).seed(options.products(), progress);
    if (parts.site.far().isEmpty()) { // accounts are the origin's, and so is the file with the keeper's password
      parts.accounts.openDemo();
      parts.accounts.openKeeper(SecretFile.read(options.data().resolve(KEEPER)));
    }
    parts.stock.pull();
  }

  /** Keeps the edge copy up with the origin until closed. */
  AutoCloseable follow() {
    AutoCloseable feed = parts.stock.follow(Duration.ofSeconds(1));
    AutoCloseable samples = new Sampler(parts.monitor).start();
    return () -> {
      samples.close();
      feed.close();
    };
  }

  /** Tells where it is served on this machine, which its virtual shoppers want to know. */
  void servedAt(URI address) {
    self.set(Optional.of(address));
  }

  /** Moves the cart of who sends the request here from another region. */
  void takeCartOver(Context c, ShopApp from, Carts.Way way) {
    Shopper shopper = Shopper.orUnnamed(c, parts.door, e -> LOG.debug("a cart is moved without its owner's name", e));
    if (!shopper.isNew()) {
      parts.carts.takeOver(parts.carts.name(shopper), from.parts.carts, way);
    }
  }

  /** The goods, as its keeper changes them. */
  Goods goods() {
    return parts.goods;
  }

  /** What is measured of it. */
  public Monitor monitor() {
    return parts.monitor;
  }

  /** Ends what its caches do by themselves with the stores, which are closed after it. */
  @Override
  public void close() {
    parts.close();
  }

  /** Waits until style sheets and scripts are compressed, which they are behind the start; false if the time was over before. */
  boolean awaitCompressed(Duration timeout) throws InterruptedException {
    return parts.assets.awaitCompressed(timeout);
  }

  /** Brings the edge copy up to date, as {@link #follow} does each second. */
  void pull() {
    parts.stock.pull();
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
}
