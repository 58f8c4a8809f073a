package dev.edge4j.data.outbox;

import dev.edge4j.data.EventSink;
import dev.edge4j.data.clickhouse.ClickHouseSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that takes 2,000 events a second through an outbox and says which were accepted; in round 0 it takes none, delivers what is
 * there and ends.
 */
final class EventProgram {
  private static final int THREADS = 20;
  private static final long PAUSE_NANOS = 1_000_000_000L * THREADS / 2_000;

  record Numbered(long number, String note) {}

  private EventProgram() {}

  public static void main(String[] args) {
    Thread.ofPlatform().daemon().start(EventProgram::endWithParent);
    EventSink sink = sink(args[0], args[1], args[2]);
    OutboxOptions options = OutboxOptions.defaults()
        .withBatch(1_000, 1 << 20, Duration.ofMillis(250))
        .withBackoff(Duration.ofMillis(50), Duration.ofMillis(500));
    Outbox outbox = Outbox.open(Path.of(args[3]), sink, options);
    int round = Integer.parseInt(args[4]);
    if (round == 0) {
      System.out.println(outbox.flush(Duration.ofMinutes(2)) ? "drained" : "not drained: " + outbox.pending());
      outbox.close();
    } else {
      for (int thread = 0; thread < THREADS; thread++) {
        long first = (round * 1_000L + thread) * 1_000_000;
        Thread.ofPlatform().start(() -> run(outbox, first));
      }
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // nobody writes: the end of the input is the end of who started this
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Runtime.getRuntime().halt(1);
    }
  }

  private static EventSink sink(String kind, String database, String port) {
    return switch (kind) {
      case "clickhouse" -> ClickHouseSink.builder("http://127.0.0.1:" + port, "numbers")
          .database(database)
          .createTable(Numbered.class, "number")
          .timeout(Duration.ofSeconds(10))
          .build();
      case "postgres" -> new PostgresEvents("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static void run(Outbox outbox, long first) {
    long due = System.nanoTime();
    for (long number = first; true; number++) {
      outbox.append(new Numbered(number, "event " + number));
      System.out.println(number + ";");
      due += PAUSE_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }
}
