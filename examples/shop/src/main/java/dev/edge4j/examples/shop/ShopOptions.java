package dev.edge4j.examples.shop;

import dev.edge4j.data.mesh.config.MeshConfig;
import dev.edge4j.env.Env;
import dev.edge4j.env.EnvException;
import dev.edge4j.env.Secret;
import dev.edge4j.examples.shop.accounts.Passwords;
import dev.edge4j.examples.shop.catalogue.CatalogueGenerator;
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
 * @param passwordRounds rounds of the password hash
 * @param secret what tokens are signed with; absent for the one kept in the data folder
 */
public record ShopOptions(String host, int port, String region, Path data,
    Optional<MeshConfig> mesh, int products, int rate, double canary,
    boolean tls, int passwordRounds, Optional<Secret> secret) {
  private static final int MAX_PORT = 65_535;

  /** All defaults, with that data folder. */
  public static ShopOptions in(Path data) {
    return new ShopOptions("127.0.0.1", 8080, "local", data, Optional.empty(), CatalogueGenerator.DEFAULT_COUNT, 60_000,
        0.05,
        false, Passwords.ROUNDS, Optional.empty());
  }

  /**
   * Reads arguments and environment; throws {@link EnvException} with one line for what is missing, wrong or unknown.
   */
  public static ShopOptions of(Env env) {
    ShopOptions d = in(Path.of("data", "shop"));
    Optional<Secret> secret = env.has("jwt.secret") ? Optional.of(env.secret("jwt.secret")) : Optional.empty();
    var options = new ShopOptions(env.text("host", d.host), within(env, "port", d.port, 0, MAX_PORT), env.text("region",
        d.region), env.path("data", d.data), mesh(env), within(env, "products", d.products, 1,
            CatalogueGenerator.MAX_COUNT),
        within(
            env, "rate", d.rate, 1, Integer.MAX_VALUE), within(env, "canary", (int) (d.canary * 100), 0, 100) / 100.0,
        env.flag("tls"), d.passwordRounds, secret);
    env.rejectUnknown();
    return options;
  }

  /** The same on the stores of a mesh file. */
  public ShopOptions on(MeshConfig stores) {
    return new ShopOptions(host, port, region, data, Optional.of(stores), products, rate, canary, tls, passwordRounds,
        secret);
  }

  private static Optional<MeshConfig> mesh(Env env) {
    return env.has("mesh") ? Optional.of(MeshConfig.read(env.path("mesh", Path.of("mesh.json")), env))
        : Optional.empty();
  }

  /** With another number of products and cheaper passwords; for tests. */
  ShopOptions small(int count, double share) {
    return new ShopOptions(host, port, region, data, mesh, count, 1_000_000, share, tls, 1_000, secret);
  }

  private static int within(Env env, String name, int fallback, int least, int most) {
    int value = env.integer(name, fallback);
    if (value < least || value > most) {
      throw new EnvException(name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
    return value;
  }
}
