package dev.edge4j.data;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One visitor's view of the mesh: what he writes he reads, where his class of data promises it. Safe for use by many threads, but
 * made for one request or one unit of work.
 */
public final class MeshSession {
  /** How long a read waits for a replica to come to the visitor's last write before it goes to the origin. */
  private static final Duration AWAIT = Duration.ofMillis(50);
  /** A session that reads more than this keeps the last ones only. */
  private static final int SERVED_KEPT = 64;

  private final DataMesh mesh;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Served> served = new ArrayList<>();
  private final boolean known;
  private final boolean ifError;
  private Bookmark bookmark;

  MeshSession(DataMesh mesh, Optional<Bookmark> bookmark, boolean ifError) {
    this.mesh = mesh;
    this.ifError = ifError;
    this.known = bookmark.isPresent();
    this.bookmark = bookmark.orElse(Bookmark.NONE);
  }

  /** The rows of a query against a class of data; see {@link Queries#query}. */
  public <T> List<T> query(String name, Class<T> type, String sql, Map<String, ?> args) {
    return read(name, store -> store.query(type, sql, args));
  }

  /** The row of a query against a class of data, if there is one; see {@link Queries#queryOne}. */
  public <T> Optional<T> queryOne(String name, Class<T> type, String sql, Map<String, ?> args) {
    return read(name, store -> store.queryOne(type, sql, args));
  }

  /** Runs a statement where the class of data is written; see {@link Queries#update}. */
  public long update(String name, String sql, Map<String, ?> args) {
    return write(name, store -> store.update(sql, args));
  }

  /** Runs a transaction where the class of data is written; see {@link DataStore#transaction}. */
  public <T> T transaction(String name, TransactionWork<T> work) {
    return write(name, store -> store.transaction(work));
  }

  /** Up to where this session has come, for the visitor to bring back; to be signed. */
  public Bookmark bookmark() {
    lock.lock();
    try {
      return bookmark;
    } finally {
      lock.unlock();
    }
  }

  /** Who answered the reads of this session so far, in order. */
  public List<Served> served() {
    lock.lock();
    try {
      return List.copyOf(served);
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(String name, Function<DataStore, T> read) {
    DataMesh.SqlClass declared = mesh.sqlClass(name);
    Optional<Replica> replica = declared.store().replica();
    if (replica.isEmpty()) {
      T rows = read.apply(declared.store());
      note(new Served(name, Served.By.PRIMARY, ""));
      return rows;
    }
    if (ifError) {
      return readStale(declared, replica.get(), read);
    }
    Optional<String> refusal;
    try {
      refusal = refusal(declared, replica.get()); // it may have to look into its rows
      if (refusal.isEmpty()) {
        return readReplica(declared, new Served(name, Served.By.REPLICA, ""), read);
      }
    } catch (StoreException e) {
      return readOriginAfter(e, declared, replica.get(), read);
    }
    return readOrigin(declared, replica.get(), refusal.get(), read);
  }

  private <T> T readReplica(DataMesh.SqlClass declared, Served as, Function<DataStore, T> read) {
    T rows = read.apply(declared.store());
    note(as);
    moveOn(declared, declared.store()); // after the read: an upper bound of what was seen, so that time never goes back
    return rows;
  }

  private <T> T readStale(DataMesh.SqlClass declared, Replica replica, Function<DataStore, T> read) {
    Duration lag = replica.lag();
    Optional<String> refusal = ReadRoute.refusalIfError(declared.promise(), lag);
    if (refusal.isPresent()) {
      throw new StaleReplicaException(declared.name() + ": " + refusal.get());
    }
    boolean recent = ReadRoute.of(declared.promise(), lag, known, Optional.empty()) instanceof ReadRoute.AskReplica;
    return readReplica(declared, recent ? new Served(declared.name(), Served.By.REPLICA, "")
        : new Served(declared.name(), Served.By.STALE_REPLICA, "the replica is " + Promises.text(lag) + " behind"),
        read);
  }

  /** The origin has all that a replica of it has, so whatever was promised holds there too. */
  private <T> T readOriginAfter(StoreException failure, DataMesh.SqlClass declared, Replica replica,
      Function<DataStore, T> read) {
    if (replica.origin().isEmpty()) {
      throw failure;
    }
    try {
      return readOrigin(declared, replica, "the replica failed: " + failure.getMessage(), read);
    } catch (StoreException e) {
      e.addSuppressed(failure);
      throw e;
    }
  }

  private <T> T readOrigin(DataMesh.SqlClass declared, Replica replica, String why, Function<DataStore, T> read) {
    DataStore origin = replica.origin()
        .orElseThrow(() -> new StaleReplicaException(
            declared.name() + ": " + why + ", and there is no origin to ask instead"));
    T rows = read.apply(origin);
    note(new Served(declared.name(), Served.By.ORIGIN, why));
    moveOn(declared, origin);
    return rows;
  }

  /** Why the replica must not answer; empty if it may. */
  private Optional<String> refusal(DataMesh.SqlClass declared, Replica replica) {
    Optional<Position> seen = Optional.ofNullable(bookmark().positions().get(declared.name()));
    return switch (ReadRoute.of(declared.promise(), replica.lag(), known, seen)) {
      case ReadRoute.AskReplica _ -> Optional.empty();
      case ReadRoute.AwaitReplica(Position position) -> replica.reached(position, AWAIT) ? Optional.empty()
          : Optional.of("the replica has not come to the visitor's last write");
      case ReadRoute.AskOrigin(String why) -> Optional.of(why);
    };
  }

  private <T> T write(String name, Function<DataStore, T> write) {
    DataMesh.SqlClass declared = mesh.sqlClass(name);
    Optional<Replica> replica = declared.store().replica();
    DataStore target = replica.isEmpty() ? declared.store()
        : replica.get()
            .origin()
            .orElseThrow(() -> new StoreException(StoreException.Reason.FAILED, name
                + ": a replica without an origin cannot be written"));
    T result = write.apply(target);
    if (replica.isPresent()) {
      moveOn(declared, target);
    }
    return result;
  }

  private void moveOn(DataMesh.SqlClass declared, DataStore store) {
    if (!(declared.promise() instanceof Promise.ReadAfterWrite)) {
      return; // nobody will ask
    }
    Position position = store.position();
    lock.lock();
    try {
      bookmark = bookmark.with(declared.name(), position);
    } finally {
      lock.unlock();
    }
  }

  private void note(Served read) {
    lock.lock();
    try {
      if (served.size() == SERVED_KEPT) {
        served.removeFirst();
      }
      served.add(read);
    } finally {
      lock.unlock();
    }
  }
}
