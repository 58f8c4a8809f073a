package dev.edge4j.examples.shop;

import dev.edge4j.env.Env;
import dev.edge4j.server.Endpoint;
import dev.edge4j.server.Readiness;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import dev.edge4j.server.tls.Tls;
import java.io.Console;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the shop: {@code --host --port --region --data --mesh --products --rate --canary
 * --tls --site --proxies --dashboard --world --password.rounds --patience}. Prints its routes and stores,
 * then one line with its address once it answers there. What keeps it from starting is one line on the standard
 * error, and exit code 1.
 */
public final class Shop {
  private static final Logger LOG = LoggerFactory.getLogger(Shop.class);

  private Shop() {}

  /** See the class description. */
  public static void main(String[] args) throws InterruptedException {
    run(args, options -> new Ground(options, () -> {}));
  }

  /**
   * What a shop stands on.
   *
   * @param below closed when the shop has closed its stores
   */
  public record Ground(ShopOptions options, AutoCloseable below) {}

  /** Runs a shop with the arguments of a command line, on ground that is laid for it, until it is stopped. */
  public static void run(String[] args, Function<ShopOptions, Ground> lay) throws InterruptedException {
    Server server;
    try {
      ShopOptions options = ShopOptions.of(Env.of(arguments(args)));
      server = options.world() ? startWorld(options) : start(lay.apply(options));
    } catch (RuntimeException e) {
      LOG.debug("the start failed", e);
      System.err.println("The shop cannot start: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
      System.exit(1);
      return;
    }
    server.join();
  }

  static Server start(ShopOptions options) {
    return start(new Ground(options, () -> {}));
  }

  /** Opens the stores, fills a new shop and serves it; closes everything again if one of these fails. */
  private static Server start(Ground ground) {
    ShopOptions options = ground.options();
    Stores stores = Stores.open(options, ground.below());
    try {
      var shop = new ShopApp(options, stores);
      stores.closingFirst(shop);
      var print = new Printout(System.out);
      shop.prepare(print.progress(options.products(), isTerminal()));
      stores.closingFirst(shop.follow());
      Server server = Server.start(shop.app(), listening(options, shop.readiness())).closing(stores);
      if (!options.tls()) {
        shop.servedAt(URI.create("http://127.0.0.1:" + server.port()));
      }
      print.routes(shop.routes());
      print.stores(stores.mesh().describe());
      System.out.println("Shop: " + (options.tls() ? "https" : "http") + "://" + options.host() + ":" + server.port());
      return server;
    } catch (RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  /** Starts all regions; the server is that of the first edge, with which the others end. */
  private static Server startWorld(ShopOptions options) {
    var print = new Printout(System.out);
    World world = World.open(options, Thread::sleep, print.progress(options.products(), isTerminal()));
    try {
      Server server = world.serve();
      print.regions(world.regions());
      System.out.println("Shop: http://" + options.host() + ":" + server.port());
      return server;
    } catch (RuntimeException e) {
      world.close();
      throw e;
    }
  }

  private static ServerOptions listening(ShopOptions options, Readiness readiness) {
    Endpoint endpoint = Endpoint.port(options.port()).withHost(options.host());
    return ServerOptions.port(options.port())
        .withEndpoint(options.tls() ? endpoint.withTls(Tls.development(options.data())) : endpoint)
        .withLifecycle(l -> l.withReadiness(readiness).withWarmUp(ShopApp.warmUp()));
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** The run command of the build has one property for all arguments; it stands behind those given directly. */
  private static String[] arguments(String[] args) {
    List<String> all = new ArrayList<>(List.of(args));
    String more = System.getProperty("shop.args", "").strip();
    if (!more.isEmpty()) {
      all.addAll(List.of(more.split("\\s+")));
    }
    return all.toArray(new String[0]);
  }
}
