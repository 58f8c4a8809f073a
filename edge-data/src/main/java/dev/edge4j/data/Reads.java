package dev.edge4j.data;

import dev.edge4j.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings the reads of one session down the chain: replica, origin, and the replica once more where the class of data may be read stale.
 * What each step may do is decided by {@link ReadRoute}. Safe for use by many threads.
 */
final class Reads {
  /** How long a read waits for a replica to come to the visitor's last write before it goes to the origin. */
  private static final Duration AWAIT = Duration.ofMillis(50);
  /** Of the time that is left, what is kept for a stale answer while the origin is asked: 15 %, and 20 ms at least. */
  private static final int RESERVE_PERCENT = 15;
  private static final Duration LEAST_RESERVE = Duration.ofMillis(20);

  private final StoreCalls calls;
  private final Visit visit;
  private final Optional<Marks> marks;

  /** How far the replica is behind, and why it must not answer; empty if it may. */
  record Decision(Optional<Duration> lag, Optional<String> refusal) {}

  Reads(StoreCalls calls, Visit visit, Optional<Marks> marks) {
    this.calls = calls;
    this.visit = visit;
    this.marks = marks;
  }

  <T> T read(SqlClass declared, Function<DataStore, T> read) {
    visit.deadline().check();
    Deadline deadline = declared.deadline(visit.deadline(), calls.time());
    Optional<Replica> replica = declared.store().replica();
    if (replica.isEmpty()) {
      return ask(declared, declared.store(), Served.By.PRIMARY, Optional.empty(), "", deadline, read);
    }
    if (visit.isStale()) {
      return readStale(declared, replica.get(), deadline, read);
    }
    String why;
    try {
      Decision decision = decide(declared, replica.get(), deadline.atMost(AWAIT.multipliedBy(2)).dividedBy(2));
      if (decision.refusal().isEmpty()) {
        return ask(declared, declared.store(), Served.By.REPLICA, decision.lag(), "", deadline, read);
      }
      why = decision.refusal().get();
    } catch (StoreException e) {
      return readOriginAfter(e, declared, replica.get(), deadline, read);
    }
    return readOriginOrStale(declared, replica.get(), why, deadline, read);
  }

  /** May have to look into the replica's rows, so it throws what a read of them throws. */
  Decision decide(SqlClass declared, Replica replica, Duration patience) {
    Duration lag = replica.lag();
    Optional<String> refusal = switch (ReadRoute.of(declared.promise(), lag, visit.isKnown(), visit.seen(declared
        .name()))) {
      case ReadRoute.AskReplica _ -> Optional.empty();
      case ReadRoute.AwaitReplica(Position position) -> replica.reached(position, patience) ? Optional.empty()
          : Optional.of("the replica has not come to the visitor's last write");
      case ReadRoute.AskOrigin(String why) -> Optional.of(why);
    };
    return new Decision(Optional.of(lag), refusal);
  }

  private <T> T readStale(SqlClass declared, Replica replica, Deadline deadline, Function<DataStore, T> read) {
    Duration lag = replica.lag();
    Optional<String> refusal = ReadRoute.refusalIfError(declared.promise(), lag);
    if (refusal.isPresent()) {
      throw new StaleReplicaException(declared.name() + ": " + refusal.get());
    }
    boolean recent = ReadRoute.of(declared.promise(), lag, visit.isKnown(),
        Optional.empty()) instanceof ReadRoute.AskReplica;
    return recent ? ask(declared, declared.store(), Served.By.REPLICA, Optional.of(lag), "", deadline, read)
        : ask(declared, declared.store(), Served.By.STALE_REPLICA, Optional.of(lag),
            "the replica is " + Promises.text(lag) + " behind", deadline, read);
  }

  private <T> T readOriginOrStale(SqlClass declared, Replica replica, String why, Deadline deadline,
      Function<DataStore, T> read) {
    if (!ReadRoute.isStaleUnasked(declared.promise())) {
      return readOrigin(declared, replica, why, deadline, read);
    }
    DataException failure;
    try {
      return readOrigin(declared, replica, why, withReserve(deadline), read);
    } catch (StoreException | StaleReplicaException e) {
      failure = e;
    }
    try {
      return readStale(declared, replica, deadline, read);
    } catch (DataException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /** The origin has all that a replica of it has, so whatever was promised holds there too. */
  private <T> T readOriginAfter(StoreException failure, SqlClass declared, Replica replica, Deadline deadline,
      Function<DataStore, T> read) {
    if (replica.origin().isEmpty()) {
      throw failure;
    }
    try {
      return readOrigin(declared, replica, "the replica failed: " + failure.getMessage(), deadline, read);
    } catch (StoreException e) {
      e.addSuppressed(failure);
      throw e;
    }
  }

  private <T> T readOrigin(SqlClass declared, Replica replica, String why, Deadline deadline,
      Function<DataStore, T> read) {
    DataStore origin = replica.origin()
        .orElseThrow(() -> new StaleReplicaException(
            declared.name() + ": " + why + ", and there is no origin to ask instead"));
    return ask(declared, origin, Served.By.ORIGIN, Optional.empty(), why, deadline, read);
  }

  private <T> T ask(SqlClass declared, DataStore store, Served.By by, Optional<Duration> lag, String why,
      Deadline deadline, Function<DataStore, T> read) {
    var ask = new StoreCalls.Ask(declared.name(), MeshCall.Kind.READ, store.engine(), by, declared.promise(), lag, why);
    Optional<Position> atLeast = marks.isPresent() && declared.isReadAfterWrite() ? Optional.of(shown(declared, by))
        : Optional.empty();
    T rows = calls.call(ask, store, deadline, visit.timings(), () -> read.apply(store));
    visit.note(new Served(declared.name(), by, why));
    if (declared.isReadAfterWrite() && by != Served.By.PRIMARY) { // which is never behind what he has seen
      declared.moveOn(visit, store); // after the read: an upper bound of what was seen, so that time never goes back
    }
    marks.ifPresent(collected -> atLeast.ifPresent(position -> collected.add(declared.name(), position)));
    return rows;
  }

  /**
   * A position that a read which begins now surely shows. An origin's own position may run ahead of what its readers see, so there it
   * is what the visitor has seen, or what the replica has.
   */
  private Position shown(SqlClass declared, Served.By by) {
    if (by != Served.By.ORIGIN) {
      return declared.store().position();
    }
    Optional<Position> seen = visit.seen(declared.name());
    try {
      Position copied = declared.store().position();
      return seen.filter(position -> !copied.includes(position)).orElse(copied);
    } catch (StoreException _) {
      return seen.orElse(Position.START); // the replica has failed, which is why the origin is asked
    }
  }

  private Deadline withReserve(Deadline deadline) {
    return deadline.remaining().map(left -> {
      Duration share = left.multipliedBy(RESERVE_PERCENT).dividedBy(100);
      Duration reserve = share.compareTo(LEAST_RESERVE) < 0 ? LEAST_RESERVE : share;
      return Deadline.in(left.minus(reserve), calls.time());
    }).orElse(deadline);
  }
}
