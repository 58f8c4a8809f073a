package dev.edge4j.examples.shop;

import dev.edge4j.data.mesh.config.MeshConfig;
import dev.edge4j.env.Env;
import dev.edge4j.env.EnvException;
import dev.edge4j.env.Secret;
import dev.edge4j.examples.shop.accounts.Passwords;
import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
import dev.edge4j.http.Origin;
import dev.edge4j.http.TrustedProxies;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What may be chosen when the shop is started.
 *
 * @param data the folder of all files of the shop
 * @param mesh which class of data is in which store; absent for files in the data folder
 * @param products how many products a new shop opens with
 * @param rate requests a minute for each client
 * @param canary share of the visitors that see the next version, 0 to 1
 * @param tls speaks HTTPS, with a certificate by nobody but itself that is kept in the data folder
 * @param dashboard whether the page at {@code /_edge} is there, for who sits at this machine
 * @param world whether there are several regions, whose distances are simulated
 * @param passwordRounds rounds of the password hash
 * @param patience how many times as long as usual a visitor waits for the stores of the catalogue, before the next step answers
 * @param secret what tokens are signed with; absent for the one kept in the data folder
 * @param site the origin that search engines know the shop by, {@code https://shop.example}; absent on one's own machine
 * @param proxies who is believed when they tell whose request they pass on, and from which country it is; nobody if absent
 */
public record ShopOptions(String host, int port, String region, Path data,
    Optional<MeshConfig> mesh, int products, int rate, double canary,
    boolean tls, boolean dashboard, boolean world, int passwordRounds, int patience,
    Optional<Secret> secret, Optional<String> site,
    Optional<TrustedProxies> proxies) {
  /** The field in which a proxy tells the country that a request comes from. */
  static final String COUNTRY = "CF-IPCountry";

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MAX_PORT = 65_535;
  private static final int LEAST_ROUNDS = 10_000;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int MOST_PATIENCE = 100;

  /**
   * Reads arguments and environment; throws {@link EnvException} with one line for what is missing, wrong or unknown.
   */
  public static ShopOptions of(Env env) {
    Optional<Secret> secret = env.has("jwt.secret") ? Optional.of(env.secret("jwt.secret")) : Optional.empty();
    var options = new ShopOptions(env.text("host", LOOPBACK), within(env, "port", 8080, 0, MAX_PORT), env.text("region",
        "local"), env.path("data", Path.of("data", "shop")), mesh(env), within(env, "products",
            CatalogueGenerator.DEFAULT_COUNT, 1, CatalogueGenerator.MAX_COUNT), within(env, "rate", 60_000, 1,
                Integer.MAX_VALUE), within(env, "canary", 5, 0, 100) / 100.0, env.flag("tls"), dashboard(env), env
                    .flag("world"), within(env, "password.rounds", Passwords.ROUNDS, LEAST_ROUNDS, MOST_ROUNDS),
        within(env, "patience", 1, 1, MOST_PATIENCE), secret, site(env), proxies(env));
    env.rejectUnknown();
    if (options.world && (options.tls || options.mesh.isPresent())) {
      throw new EnvException("world: together with tls or mesh (expected: one of them)");
    }
    return options;
  }

  /** The same for one region of a world: in a folder of its own, at that port, with the secret that all regions share. */
  ShopOptions at(String town, Path folder, int itsPort, Secret shared) {
    return new ShopOptions(host, itsPort, town, folder, mesh, products, rate, canary, tls, dashboard, world,
        passwordRounds, patience, Optional.of(shared), site, proxies);
  }

  /** The same on the stores of a mesh file. */
  public ShopOptions on(MeshConfig stores) {
    return new ShopOptions(host, port, region, data, Optional.of(stores), products, rate, canary, tls, dashboard,
        world, passwordRounds, patience, secret, site, proxies);
  }

  private static Optional<MeshConfig> mesh(Env env) {
    return env.has("mesh") ? Optional.of(MeshConfig.read(env.path("mesh", Path.of("mesh.json")), env))
        : Optional.empty();
  }

  private static Optional<String> site(Env env) {
    if (!env.has("site")) {
      return Optional.empty();
    }
    String origin = env.text("site", "");
    if (Origin.parse(origin).isEmpty()) {
      throw new EnvException("site: \"" + origin + "\" (expected: an origin, https://shop.example)");
    }
    return Optional.of(origin);
  }

  private static Optional<TrustedProxies> proxies(Env env) {
    if (!env.has("proxies")) {
      return Optional.empty();
    }
    try {
      return Optional.of(TrustedProxies.of(env.text("proxies", "").split(",", -1)).withFields(COUNTRY));
    } catch (IllegalArgumentException e) {
      throw new EnvException("proxies: " + e.getMessage());
    }
  }

  /** As is said; else where the shop listens on the loopback alone and no proxy passes others on to it. */
  private static boolean dashboard(Env env) {
    return env.has("dashboard") ? env.flag("dashboard")
        : isLoopback(env.text("host", LOOPBACK)) && !env.has("proxies");
  }

  /** Whether {@link #COUNTRY} is believed: from proxies, or on a machine that nobody else reaches. */
  boolean believesCountry() {
    return proxies.isPresent() || isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  private static int within(Env env, String name, int fallback, int least, int most) {
    int value = env.integer(name, fallback);
    if (value < least || value > most) {
      throw new EnvException(name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
    return value;
  }
}
