package dev.edge4j.data.testing;

import dev.edge4j.data.DataStore;
import dev.edge4j.Place;
import dev.edge4j.data.Position;
import dev.edge4j.data.Replica;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.TransactionWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A store that counts its commits, over another store's rows; and a replica of it when told so, whose lag and position the test
 * sets. Its rows are its own: the test puts other rows into origin and replica, to see who answered.
 */
public final class CopiedStore implements DataStore, Replica {
  private final DataStore rows;
  private final Optional<CopiedStore> origin;
  private final boolean copy;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);

  private CopiedStore(DataStore rows, Optional<CopiedStore> origin, boolean copy) {
    this.rows = rows;
    this.origin = origin;
    this.copy = copy;
  }

  public static CopiedStore primary(DataStore rows) {
    return new CopiedStore(rows, Optional.empty(), false);
  }

  public static CopiedStore replicaOf(CopiedStore origin, DataStore rows) {
    return new CopiedStore(rows, Optional.of(origin), true);
  }

  public static CopiedStore orphan(DataStore rows) {
    return new CopiedStore(rows, Optional.empty(), true);
  }

  /** As if the link to the origin were that slow. */
  public void lagBehind(Duration time) {
    lag.set(time);
  }

  /** As if the replica had applied all that the origin has committed. */
  public void catchUp() {
    commits.set(origin.orElseThrow().commits.get());
  }

  /** As if it could not tell how far behind it is, until it is called with false. */
  public void loseItsAge(boolean is) {
    lost.set(is);
  }

  /** As if its file were broken, or its connection lost, until it is called with false. */
  public void fail(boolean broken) {
    failing.set(broken);
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    if (failing.get()) {
      throw new StoreException(StoreException.Reason.FAILED, "no connection to the " + (copy ? "replica" : "origin"));
    }
    return rows.query(type, sql, args);
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    long changed = rows.update(sql, args);
    commits.incrementAndGet();
    return changed;
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    T result = rows.transaction(work);
    commits.incrementAndGet();
    return result;
  }

  @Override
  public String engine() {
    return "test";
  }

  @Override
  public Place place() {
    return copy ? Place.EDGE : Place.origin("us-east-1", "it is the only one");
  }

  @Override
  public Position position() {
    return new Position("test", commits.get());
  }

  @Override
  public Optional<Replica> replica() {
    return copy ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Duration lag() {
    if (lost.get()) {
      throw new StoreException(StoreException.Reason.FAILED, "the replica does not know its age");
    }
    return lag.get();
  }

  @Override
  public boolean reached(Position position, Duration atMost) {
    return position().includes(position);
  }

  @Override
  public Optional<DataStore> origin() {
    return origin.map(store -> store);
  }

  @Override
  public void close() {
    rows.close();
  }
}
