package dev.edge4j.state;

import dev.edge4j.data.Migrations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The object with a database that tests call: entries in a table of its own, and how many there are in its storage. */
public interface Ledger {
  record Line(long number, String what, long amount) {}

  /** Adds a line; how many there are. */
  long add(String what, long amount);

  /** Adds, and then throws. */
  long addAndFail(String what, long amount);

  List<Line> lines();

  @ReadOnly
  long sum();

  /** Runs a statement. */
  long run(String sql);

  @ReadOnly
  long writeInARead();

  /** Adds a line, tries another in a part that fails, and goes on; the sum. */
  long addButUndoTheSecond();

  void clear();

  /** Clears, and adds a line to what is empty then. */
  void beginAnew(String what);

  Migrations TABLES = Migrations.of("""
      CREATE TABLE message (number INTEGER PRIMARY KEY, what TEXT NOT NULL UNIQUE, amount INTEGER NOT NULL);
      CREATE TABLE part (message INTEGER NOT NULL REFERENCES message);
      CREATE VIEW total AS SELECT sum(amount) AS amount FROM message;
      CREATE TRIGGER parts AFTER INSERT ON message BEGIN INSERT INTO part VALUES (new.number); END""");

  static ObjectClass<Ledger> declared(String name) {
    return ObjectClass.of(name, Ledger.class, Stored::new).sql(TABLES);
  }

  final class Stored extends DurableObject implements Ledger, AlarmHandler {
    /** How many were made. */
    static final AtomicInteger MADE = new AtomicInteger();

    Stored(ObjectState state) {
      super(state);
      MADE.incrementAndGet();
    }

    @Override
    public long add(String what, long amount) {
      sql().update("INSERT INTO message (what, amount) VALUES (:what, :amount)", Map.of("what", what, "amount",
          amount));
      long count = storage().get("count", Long.class).orElse(0L) + 1;
      storage().put("count", count);
      attributes().set("last", what);
      alarms().set("close", Schedule.in(Duration.ofDays(count)));
      long rows = sql().query(Long.class, "SELECT count(*) FROM message", Map.of()).getFirst();
      if (rows != count) {
        throw new AssertionError(rows + " rows, but the count says " + count);
      }
      return count;
    }

    @Override
    public long addAndFail(String what, long amount) {
      add(what, amount);
      throw new IllegalStateException("after adding " + what);
    }

    @Override
    public List<Line> lines() {
      return sql().query(Line.class, "SELECT * FROM message ORDER BY number", Map.of());
    }

    @Override
    public long sum() {
      return sql().query(Long.class, "SELECT ifnull(amount, 0) AS amount FROM total", Map.of()).getFirst();
    }

    @Override
    public long run(String sql) {
      return sql().update(sql, Map.of());
    }

    @Override
    public long writeInARead() {
      return sql().update("DELETE FROM part", Map.of());
    }

    @Override
    public long addButUndoTheSecond() {
      add("first", 1);
      try {
        storage().transaction(() -> addAndFail("second", 100));
      } catch (IllegalStateException _) {
        storage().transaction(() -> add("third", 10));
      }
      return sum();
    }

    @Override
    public void clear() {
      storage().deleteAll();
    }

    @Override
    public void beginAnew(String what) {
      storage().deleteAll();
      add(what, 1);
    }

    @Override
    public void alarm(Alarm alarm) {
      storage().put("closed", true);
    }
  }
}
