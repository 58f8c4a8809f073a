package dev.edge4j.testing;

import java.time.Duration;
import java.util.List;

/**
 * Regions that are ready to use. Their addresses are of the loopback network, so that Linux and Windows can play them over a socket as
 * they are; on macOS each but 127.0.0.1 has to be added first: {@code sudo ifconfig lo0 alias 127.0.0.2}.
 */
public final class Regions {
  public static final Region FRANKFURT = Region.of("frankfurt", "127.0.0.2", "DE", Duration.ofMillis(10));
  public static final Region VIRGINIA = Region.of("virginia", "127.0.0.3", "US", Duration.ofMillis(90));
  public static final Region TOKYO = Region.of("tokyo", "127.0.0.4", "JP", Duration.ofMillis(240));

  /** One of each continent that most services have visitors on, the nearest first. */
  public static final List<Region> WORLD = List.of(FRANKFURT, VIRGINIA, TOKYO);

  private Regions() {}
}
