package dev.edge4j.examples.shop;

import dev.edge4j.App;
import dev.edge4j.Context;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.client.OriginClient;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.libsql.LibsqlOptions;
import dev.edge4j.data.libsql.LibsqlStore;
import dev.edge4j.env.Secret;
import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.edge.Site;
import dev.edge4j.examples.shop.ops.Spot;
import dev.edge4j.examples.shop.secrets.SecretFile;
import dev.edge4j.examples.shop.world.Link;
import dev.edge4j.examples.shop.world.OriginSql;
import dev.edge4j.examples.shop.world.Town;
import dev.edge4j.http.Response;
import dev.edge4j.proxy.Proxy;
import dev.edge4j.server.Server;
import dev.edge4j.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One origin and three edges in one program. Each edge has stores of its own, follows the origin and sends it orders, over HTTP; only the distance between them is
 * simulated, by waiting on their links. All of it listens on the loopback.
 */
final class World implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(World.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String FAR = "/_far";
  private static final int TOKEN_BYTES = 16;

  private final ShopOptions options;
  private final Link.Pause pause;
  private final Secret secret;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Map<Town, Link> links = new EnumMap<>(Town.class);
  private final AtomicReference<Optional<OriginClient>> far = new AtomicReference<>(Optional.empty());
  private final Map<Town, Region> regions = new EnumMap<>(Town.class);

  private World(ShopOptions options, Link.Pause pause) {
    this.options = options;
    this.pause = pause;
    this.secret = options.secret()
        .orElseGet(() -> Secret.of(SecretFile.read(folder(Town.VIRGINIA).resolve(
            "jwt.secret"))));
    Town.edges().forEach(town -> links.put(town, new Link(town.to(Town.VIRGINIA), town.number(), pause)));
  }

  /** Opens all regions, fills what is new, and serves nothing yet; closes everything again if one of them fails. */
  static World open(ShopOptions options, Link.Pause pause, LongConsumer progress) {
    Town.edges().forEach(town -> made(options.data().resolve(town.region())));
    made(options.data().resolve(Town.VIRGINIA.region()));
    var world = new World(options, pause);
    try {
      world.openAll(progress);
      return world;
    } catch (RuntimeException e) {
      world.close();
      throw e;
    }
  }

  private void openAll(LongConsumer progress) {
    add(Town.VIRGINIA, new Wiring(), progress);
    Map<Town, Secret> tokens = new EnumMap<>(Town.class);
    Map<String, Link> byToken = new HashMap<>();
    links.forEach((town, link) -> {
      tokens.put(town, token());
      byToken.put(OriginSql.hashed(tokens.get(town).reveal()), link);
    });
    OriginSql sql = keep(new OriginSql(folder(Town.VIRGINIA).resolve("origin.db"), byToken));
    Server rows = keep(Server.start(sql.app(), ServerOptions.port(0).withHost(LOOPBACK)));
    tokens.forEach((town, token) -> add(town, new Wiring() {
      @Override
      public Optional<DataStore> origin() {
        return Optional.of(LibsqlStore.of("http://" + LOOPBACK + ":" + rows.port(), LibsqlOptions.defaults()
            .withToken(token)));
      }
    }, _ -> {
      // The origin has made them.
    }));
  }

  /** To stores of files. */
  private class Wiring implements Stores.Wiring {
    @Override
    public int patience() {
      return options.patience();
    }
  }

  private void add(Town town, Stores.Wiring wiring, LongConsumer progress) {
    Stores stores = keep(Stores.open(folder(town), wiring));
    var shop = new ShopApp(options.at(town.region(), folder(town), port(town), secret), stores, around(town, stores));
    stores.closingFirst(shop);
    regions.put(town, new Region(town, stores, shop));
    shop.goods().spreadBy((id, since) -> spread(town, id, since));
    shop.prepare(progress);
  }

  private Surroundings around(Town town, Stores stores) {
    var chaos = new WorldChaos(stores.chaos(), () -> regions().stream().map(each -> each.stores().chaos()).toList());
    Function<String, List<Site.Neighbour>> others = host -> regions().stream()
        .map(each -> new Site.Neighbour(each.town().region(), each.town().title(), each.url(host.isEmpty() ? LOOPBACK
            : host), each.town() == town))
        .toList();
    var site = new Site(town.region(), town.title(), Optional.of(town.position()), Optional.of(town.country()), stores
        .copy()::lagNow, town == Town.VIRGINIA ? Optional.empty() : Optional.of(FAR), options.dashboard(), others);
    return new Surroundings(site, () -> spots(town), chaos, app -> routes(town, app));
  }

  private List<Spot> spots(Town seenFrom) {
    return regions().stream().map(each -> each.spot(seenFrom, LOOPBACK)).toList();
  }

  /** The cart follows its owner; and {@code /_far/...} is what he would see if there were no edge. */
  private void routes(Town town, App app) {
    if (town != Town.VIRGINIA) {
      app.get(FAR + "/*", c -> farAway(c, link(town)));
    }
    app.use(new Arrival(town, World::town, (c, from) -> region(town).shop()
        .takeCartOver(c, region(from).shop(), new Way(new Link(town.to(from), town.number(), pause)))));
  }

  /** The origin's answer, which says as a layer of its own what both ways took. */
  private Response farAway(Context c, Link link) throws Exception {
    OriginClient client = far.get()
        .orElseThrow(() -> new ServiceUnavailable("the origin is not served yet", Duration.ofSeconds(1)));
    if (region(Town.VIRGINIA).stores().chaos().isCut(Chaos.Layer.ORIGIN)) {
      throw new ServiceUnavailable("the origin is taken away, and here is no edge in front of it", Duration.ofSeconds(
          5));
    }
    Duration ways = link.cross();
    Response answer = Proxy.to(client).withoutPrefix(FAR).handle(c);
    ways = ways.plus(link.cross());
    return answer.withAddedHeader("Server-Timing", "distance;dur=" + ways.toMillis() + ", at-distance;dur=0");
  }

  /** Shows what the keeper has changed in all regions at the same time: the origin tells each edge, which then asks for it. Where that fails the feed brings it. */
  private void spread(Town keeper, long id, long since) {
    try (ExecutorService messengers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Region region : regions()) {
        if (region.town() != keeper) {
          messengers.execute(() -> tell(region, id, since));
        }
      }
      region(keeper).shop().goods().show(id, since);
    }
  }

  private void tell(Region region, long id, long since) {
    try {
      if (region.town() != Town.VIRGINIA) {
        var _ = link(region.town()).cross();
      }
      region.shop().goods().show(id, since);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("{} is not told of a new price: {}", region.town(), e.getMessage());
    }
  }

  /** Serves all regions, and keeps their copies up with the origin. The server is that of the first edge: closing it closes the world. */
  Server serve() {
    serveOrigin();
    keep(serve(region(Town.SAO_PAULO)));
    keep(serve(region(Town.LONDON)));
    regions().forEach(region -> keep(region.shop().follow()));
    return serve(region(Town.TOKYO)).closing(this);
  }

  /** Serves the origin alone, to those who ask it without an edge. */
  void serveOrigin() {
    Region origin = region(Town.VIRGINIA);
    keep(serve(origin));
    far.set(Optional.of(keep(OriginClient.to(origin.url(LOOPBACK)))));
  }

  private Server serve(Region region) {
    ServerOptions where = ServerOptions.port(port(region.town()))
        .withHost(options.host())
        .withLifecycle(l -> l.withReadiness(region.shop().readiness()).withWarmUp(ShopApp.warmUp()));
    Server server = Server.start(region.shop().app(), where);
    region.server().set(Optional.of(server));
    region.shop().servedAt(URI.create(region.url(LOOPBACK)));
    return server;
  }

  /** The regions, the edges first. */
  Collection<Region> regions() {
    return regions.values();
  }

  Region region(Town town) {
    return Optional.ofNullable(regions.get(town)).orElseThrow(() -> new IllegalStateException(town + " is not open"));
  }

  Link link(Town town) {
    return Optional.ofNullable(links.get(town)).orElseThrow();
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable last = open.pop();
      try {
        last.close();
      } catch (Exception e) {
        LOG.warn("closing {} failed", last.getClass().getSimpleName(), e);
      }
    }
  }

  private Path folder(Town town) {
    return options.data().resolve(town.region());
  }

  private int port(Town town) {
    return options.port() == 0 ? 0 : options.port() + town.number();
  }

  private <T extends AutoCloseable> T keep(T opened) {
    open.push(opened);
    return opened;
  }

  private static Optional<Town> town(String region) {
    return List.of(Town.values()).stream().filter(town -> town.region().equals(region)).findFirst();
  }

  private static Secret token() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Secret.of(HexFormat.of().formatHex(bytes));
  }

  private static void made(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("folder " + folder + " cannot be made", e);
    }
  }
}
