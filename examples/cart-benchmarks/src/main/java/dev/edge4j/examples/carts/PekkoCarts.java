package dev.edge4j.examples.carts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Carts that are persistent actors of one actor system, asked as {@code AskPattern} does. */
final class PekkoCarts implements Carts {
  static final String JOURNAL = "journal-";
  static final String SNAPSHOTS = "snapshots-";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ActorSystem<Void> system;
  private final List<ActorRef<CartActor.Add>> actors;

  private PekkoCarts(ActorSystem<Void> system, List<ActorRef<CartActor.Add>> actors) {
    this.system = system;
    this.actors = actors;
  }

  /** Opens the journals of a folder, one for each file, and makes those that are not there. */
  static PekkoCarts open(Path folder, int files) throws IOException, SQLException {
    Config config = ConfigFactory.load("pekko-carts");
    for (int journal = 0; journal < files; journal++) {
      String url = "jdbc:sqlite:" + folder.resolve("journal-" + journal + ".db")
          + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000";
      makeTables(url);
      config = withJournal(config, journal, url);
    }
    var actors = new CompletableFuture<List<ActorRef<CartActor.Add>>>();
    ActorSystem<Void> system = ActorSystem.create(Behaviors.setup(context -> {
      var all = new ArrayList<ActorRef<CartActor.Add>>();
      for (int cart = 0; cart < CARTS; cart++) {
        all.add(context.spawn(new CartActor(cart, cart % files), "cart-" + cart));
      }
      actors.complete(all);
      return Behaviors.empty();
    }), "carts", config);
    return new PekkoCarts(system, actors.join());
  }

  private static void makeTables(String url) throws IOException, SQLException {
    try (InputStream sql = Objects.requireNonNull(PekkoCarts.class.getResourceAsStream("/pekko-sqlite.sql"));
        Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Journal and snapshots of one file share one pool of connections. */
  private static Config withJournal(Config config, int number, String url) {
    String database = "file-" + number;
    Config shared = ConfigFactory.parseMap(Map.of("db.url", url)).withFallback(config.getConfig("carts.database"));
    Config uses = ConfigFactory.parseMap(Map.of("use-shared-db", database));
    return config.withValue("pekko-persistence-jdbc.shared-databases." + database, shared.root())
        .withValue(JOURNAL + number, uses.withFallback(config.getConfig("jdbc-journal")).root())
        .withValue(SNAPSHOTS + number, uses.withFallback(config.getConfig("jdbc-snapshot-store")).root());
  }

  @Override
  public Map<String, Integer> add(int cart, String product, int quantity) {
    return AskPattern.ask(actors.get(cart), (ActorRef<CartActor.Lines> replyTo) -> new CartActor.Add(product, quantity,
        replyTo), PATIENCE, system.scheduler()).toCompletableFuture().join().quantities();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
