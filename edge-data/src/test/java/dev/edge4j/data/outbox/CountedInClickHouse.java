package dev.edge4j.data.outbox;

import dev.edge4j.data.engines.ClickHouseServer;
import dev.edge4j.data.testing.ClickHouses;
import java.time.Duration;
import java.util.List;

/** Events in a ClickHouse of its own, which is ended for the outage and started again. */
final class CountedInClickHouse implements NoEventIsLostOrCountedTwiceTest.Counted {
  private final ClickHouseServer server = ClickHouseServer.start();

  CountedInClickHouse() {
    ClickHouses.query(server, "CREATE DATABASE shop");
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public List<String> arguments() {
    return List.of("clickhouse", "shop");
  }

  /** No table is there before the first event. */
  @Override
  public List<Long> numbers() {
    if (ClickHouses.query(server, "EXISTS TABLE shop.numbers").equals(List.of("0"))) {
      return List.of();
    }
    return ClickHouses.query(server, "SELECT number FROM shop.numbers").stream().map(Long::valueOf).toList();
  }

  /**
   * Once it rests: ClickHouse notes the token of a batch before the rows are in their place, so a SIGKILL right between, which is its own
   * affair, would lose them.
   */
  @Override
  public void away() {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!ClickHouses.query(server, "SELECT count() FROM system.processes WHERE query LIKE 'INSERT%'")
        .equals(List.of(
            "0"))) {
      if (System.nanoTime() > end) {
        throw new AssertionError("an insert does not end");
      }
    }
    server.kill();
  }

  @Override
  public void back() {
    server.restart();
  }

  @Override
  public void close() {
    server.close();
  }
}
