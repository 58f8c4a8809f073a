package dev.edge4j.state.figures;

import dev.edge4j.data.sqlite.SqliteDatabase;
import dev.edge4j.state.DurableObject;
import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.Namespace;
import dev.edge4j.state.ObjectState;
import dev.edge4j.state.ReadOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

/**
 * Durable turns of 64 objects beside bare group commits of the same number of files, and turns that only read. Rounds alternate, so that what else the machine
 * does falls on all alike. Arguments: seconds of a round, rounds, callers.
 */
public final class StateFigures {
  private static final int FILES = 4;

  /** The object measured: a number in memory and on disk. */
  public interface Tally {
    long add(long amount);

    @ReadOnly
    long value();
  }

  static final class StoredTally extends DurableObject implements Tally {
    private long value;

    StoredTally(ObjectState state) {
      super(state);
      value = storage().get("value", Long.class).orElse(0L);
    }

    @Override
    public long add(long amount) {
      value += amount;
      storage().put("value", value);
      return value;
    }

    @Override
    public long value() {
      return value;
    }
  }

  private final int seconds;
  private final int callers;

  private StateFigures(int seconds, int callers) {
    this.seconds = seconds;
    this.callers = callers;
  }

  /** Prints a line for each round. */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    int callers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
    var figures = new StateFigures(seconds, callers);
    Path folder = Files.createTempDirectory("edge4j-figures");
    try (var objects = DurableObjects.embedded(folder.resolve("objects"), DurableObjectsOptions.defaults()
        .withShards(
            FILES)); var files = new RawFiles(folder)) {
      Namespace<Tally> tallies = objects.namespace("tally", Tally.class, StoredTally::new);
      List<Tally> stubs = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        stubs.add(tallies.get("object" + i));
      }
      figures.rate(i -> stubs.get(i).add(1)); // warm-up
      figures.rate(files::write);
      for (int round = 0; round < rounds; round++) {
        double raw = figures.rate(files::write);
        double turns = figures.rate(i -> stubs.get(i).add(1));
        double reads = figures.rate(i -> stubs.get(i).value());
        System.out.printf("raw %.0f/s, turns %.0f/s (%.2f of raw), reads %.0f/s%n", raw, turns, turns / raw, reads);
      }
    }
  }

  private double rate(IntConsumer work) {
    var done = new LongAdder();
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        int number = i;
        threads.execute(() -> {
          while (System.nanoTime() < end) {
            work.accept(number);
            done.increment();
          }
        });
      }
    }
    return (double) done.sum() / seconds;
  }

  /** The same rows in files of the same kind, written one by one through group commit. */
  private static final class RawFiles implements AutoCloseable {
    private final List<SqliteDatabase> files = new ArrayList<>();
    private final LongAdder value = new LongAdder();

    RawFiles(Path folder) throws IOException {
      for (int i = 0; i < FILES; i++) {
        SqliteDatabase file = SqliteDatabase.open(folder.resolve("raw-" + i + ".db"));
        file.write(c -> {
          c.execute(
              """
              CREATE TABLE entry (namespace TEXT NOT NULL, object TEXT NOT NULL, kind INTEGER NOT NULL,
                key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (namespace, object, kind, key)) STRICT, WITHOUT ROWID""");
          return true;
        });
        files.add(file);
      }
    }

    void write(int caller) {
      value.increment();
      byte[] json = Long.toString(value.sum()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      files.get(caller % FILES)
          .write(c -> c.update("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?)", "tally", "object" + caller, 0,
              "value", json));
    }

    @Override
    public void close() {
      files.forEach(SqliteDatabase::close);
    }
  }
}
