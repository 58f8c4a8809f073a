package dev.edge4j.data.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.contract.PubSubContract;
import dev.edge4j.data.testing.Engines;
import dev.edge4j.data.testing.TcpLink;
import dev.edge4j.kv.PubSub;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL carries messages between processes, in order, and says where some may be missing. */
@Timeout(120)
class PostgresPubSubTest extends PubSubContract {
  private static final String URL = Engines.database();
  private static final PostgresDatabase DATABASE = PostgresDatabase.of(URL);

  private Optional<TcpLink> tcp = Optional.empty();

  @AfterEach
  void closeLink() {
    tcp.ifPresent(TcpLink::close);
  }

  @AfterAll
  static void closeDatabase() {
    DATABASE.close();
  }

  @Override
  protected PubSub open() {
    return PostgresPubSub.on(DATABASE);
  }

  @Override
  protected Optional<Link> link() {
    TcpLink opened = TcpLink.to(Engines.postgres().port());
    tcp = Optional.of(opened);
    return Optional.of(new Link() {
      @Override
      public PubSub open() {
        return PostgresPubSub.of(Databases.through(URL, opened.port()));
      }

      @Override
      public void cut() {
        opened.cut();
      }

      @Override
      public void heal() {
        opened.heal();
      }
    });
  }

  @Test
  void aClosedOneSaysSo() {
    PubSub bus = open();
    bus.close();
    assertEquals(StoreException.Reason.CLOSED, assertThrows(StoreException.class, () -> bus.subscribe("tea", _ -> {}))
        .reason());
  }
}
