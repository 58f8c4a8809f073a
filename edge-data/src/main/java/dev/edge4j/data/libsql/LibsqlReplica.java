package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.TimeSource;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Position;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.Replica;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.TransactionWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A {@link DataStore} on a libSQL server that is a replica of another one, near the visitor. It only reads: the mesh writes to the
 * {@linkplain Replica#origin origin}, and reads there what the replica must not answer. Safe for use by many threads.
 *
 * <p>A server's replica does not say how far behind it is. So twice a second the origin is asked how far it has come and the replica whether
 * it has come as far: once it has, it was as recent as the origin at the time of the question. The age of the last such question is the
 * {@linkplain Replica#lag lag}, an upper bound without any comparison of clocks, which grows while one of the two does not answer.
 *
 * <p>For a read after a write the index of the write goes with the query ({@code replication_index}), and the server waits until it has applied
 * it. That index is in the source of sqld and not in the written specification; a server that ignores it is found out by the index of its
 * answer, and left for the origin.
 */
public final class LibsqlReplica implements DataStore {
  private final LibsqlStore server;
  private final LibsqlStore origin;
  private final Freshness freshness;
  /** What each read asks the server to have: reads of one address may go to several servers. */
  private final AtomicLong expected = new AtomicLong();

  private LibsqlReplica(LibsqlStore server, LibsqlStore origin) {
    this.server = server;
    this.origin = origin;
    this.freshness = new Freshness(origin, server);
  }

  /** The replica at that address of the server behind {@code origin}, which is not closed with it. */
  public static LibsqlReplica of(String url, LibsqlStore origin) {
    return of(url, LibsqlOptions.defaults(), origin);
  }

  /** The same with options, as {@link LibsqlStore#of(String, LibsqlOptions)}. */
  public static LibsqlReplica of(String url, LibsqlOptions options, LibsqlStore origin) {
    return new LibsqlReplica(origin.copiedBy(url, options), origin);
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    HranaStatement statement = LibsqlStore.statement(sql, args);
    return expecting(hint -> server.query(type, statement, hint));
  }

  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    HranaStatement statement = LibsqlStore.statement(sql, args);
    return expecting(hint -> server.forEach(type, statement, hint, each));
  }

  /** A server that was restored never comes to an index of before: after a failure nothing is expected any more. */
  private <T> T expecting(Expecting<T> read) {
    long index = expected.get();
    try {
      return read.run(index == 0 ? OptionalLong.empty() : OptionalLong.of(index));
    } catch (StoreException e) {
      expected.compareAndSet(index, 0);
      throw e;
    }
  }

  private interface Expecting<T> {
    T run(OptionalLong hint);
  }

  /** Refuses: who writes asks the origin. */
  @Override
  public long update(String sql, Map<String, ?> args) {
    throw readOnly();
  }

  /** Refuses, as {@link #update}. */
  @Override
  public <T> T transaction(TransactionWork<T> work) {
    throw readOnly();
  }

  private StoreException readOnly() {
    return new StoreException(Reason.STATEMENT, server.address() + ": a replica is only read (expected: its origin, "
        + origin.address() + ")");
  }

  @Override
  public String engine() {
    return server.engine();
  }

  @Override
  public Position position() {
    return server.position();
  }

  @Override
  public Optional<Replica> replica() {
    return Optional.of(new View());
  }

  @Override
  public void close() {
    freshness.close();
    server.close();
  }

  private final class View implements Replica {
    @Override
    public Duration lag() {
      return freshness.lag();
    }

    @Override
    public boolean reached(Position position, Duration atMost) {
      if (position.equals(Position.START)) {
        return true;
      }
      if (!position.history().equals(server.position().history())) {
        return false; // it is of another server, and nothing is known of it here
      }
      if (server.position().offset() < position.offset() && !awaited(position, atMost)) {
        return false;
      }
      expected.accumulateAndGet(position.offset(), Math::max);
      return true;
    }

    private boolean awaited(Position position, Duration atMost) {
      Deadline deadline = QueryDeadline.current().sooner(Deadline.in(atMost, TimeSource.system()));
      try {
        return server.ask(OptionalLong.of(position.offset()), deadline).offset() >= position.offset();
      } catch (StoreException e) {
        if (deadline.isOver()) {
          return false; // the server is still waiting for it
        }
        throw e;
      }
    }

    @Override
    public Optional<DataStore> origin() {
      return Optional.of(origin);
    }
  }
}
