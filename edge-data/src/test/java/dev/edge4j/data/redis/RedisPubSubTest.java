package dev.edge4j.data.redis;

import dev.edge4j.data.contract.PubSubContract;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.kv.PubSub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Redis carries messages between processes, in order, and says where some may be missing. */
class RedisPubSubTest extends PubSubContract {
  private final String prefix = Servers.prefix();
  private final List<AutoCloseable> resources = new ArrayList<>();

  @AfterEach
  void closeResources() throws Exception {
    for (AutoCloseable resource : resources) {
      resource.close();
    }
  }

  @Override
  protected PubSub open() {
    return over(Servers.shared());
  }

  private PubSub over(Redis redis) {
    resources.add(redis);
    return RedisPubSub.on(redis, prefix);
  }

  @Override
  protected Optional<Link> link() {
    TcpLink tcp = TcpLink.to(Engines.redis().port());
    resources.add(tcp);
    return Optional.of(new Link() {
      @Override
      public PubSub open() {
        return over(Redis.of("redis://127.0.0.1:" + tcp.port(), Servers.patient()
            .withConnectTimeout(Duration.ofSeconds(1))
            .withHeartbeat(Duration.ofMillis(200))
            .withLongestPause(Duration.ofMillis(100))));
      }

      @Override
      public void cut() {
        tcp.cut();
      }

      @Override
      public void heal() {
        tcp.heal();
      }
    });
  }
}
