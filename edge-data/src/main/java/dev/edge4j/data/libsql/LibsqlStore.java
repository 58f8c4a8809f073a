package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.Place;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.Migrations;
import dev.edge4j.data.Position;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.TransactionWork;
import dev.edge4j.data.libsql.HranaOutcome.Done;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import dev.edge4j.data.libsql.HranaOutcome.Skipped;
import dev.edge4j.data.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A {@link DataStore} on a libSQL server (sqld, Turso), over HTTP: one request for a query or an update. Safe for use by many threads.
 *
 * <p>Nothing that writes is sent twice. Where the answer to a write was lost, the {@link StoreException} says that its outcome is unknown. A
 * read that got no answer is sent once more if there is time.
 *
 * <p>A transaction takes a request for each statement, and the place of the server's one writer from its first statement on; it runs on the
 * caller's thread. If it is open for longer than five seconds while others wait to write, the server rolls it back. {@link #batch} does with
 * one request. Values are kept as {@code SqliteStore} keeps them; floats must be finite.
 *
 * <p>{@link #position} is the last {@code replication_index} that was seen, in a history that is named by the address: see {@link LibsqlReplica}.
 *
 * <p>Source: "The Hrana protocol specification (version 3)"; figures and exceptions of sqld 0.24.32, measured.
 */
public final class LibsqlStore implements DataStore {
  private static final Set<String> CONTROL = Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");

  /** A statement of a {@link #batch}, with its arguments. */
  public record Change(String sql, Map<String, ?> args) {
    public Change {
      args = Map.copyOf(args);
    }
  }

  private final HranaLink link;
  private final Positions positions;
  private final ReadCheck reads;
  private final Place place;

  private LibsqlStore(HranaLink link, Positions positions, ReadCheck reads, Place place) {
    this.link = link;
    this.positions = positions;
    this.reads = reads;
    this.place = place;
  }

  /** A store on the primary at that address, {@code libsql://name.example.com} or {@code http://127.0.0.1:8080}; nothing is asked yet. */
  public static LibsqlStore of(String url) {
    return of(url, LibsqlOptions.defaults());
  }

  /** The same with options. {@link IllegalArgumentException} for what is no address. */
  public static LibsqlStore of(String url, LibsqlOptions options) {
    var link = new HranaLink(LibsqlUrl.parse(url), options);
    return new LibsqlStore(link, new Positions(link.base()), new ReadCheck(link), Place.EDGE);
  }

  /** The same store, declared to be in that place. Closing one closes both. */
  public LibsqlStore at(Place where) {
    return new LibsqlStore(link, positions, reads, where);
  }

  /** A store on another server whose positions are in the history of this one. */
  LibsqlStore copiedBy(String url, LibsqlOptions options) {
    var other = new HranaLink(LibsqlUrl.parse(url), options);
    return new LibsqlStore(other, new Positions(positions.latest().history()), new ReadCheck(other), Place.EDGE);
  }

  /** Brings the database up to the newest migration, each in a transaction of its own; of programs that start at once one does it. Returns this store. */
  public LibsqlStore migrate(Migrations migrations) {
    new LibsqlMigrator(this).run(migrations);
    return this;
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    return query(type, statement(sql, args), OptionalLong.empty());
  }

  <T> List<T> query(Class<T> type, HranaStatement statement, OptionalLong hint) {
    Deadline deadline = link.deadline();
    reads.check(statement.sql(), deadline);
    return withStream(deadline, () -> {
      try {
        return read(type, statement, hint, deadline);
      } catch (HranaException e) {
        if (e.kind() != HranaException.Kind.LOST || e.status() != 0 || deadline.isOver() || Thread.currentThread()
            .isInterrupted()) {
          throw LibsqlErrors.unanswered(link.base(), e);
        }
        return again(e, () -> read(type, statement, hint, deadline));
      }
    });
  }

  private <T> T again(HranaException first, HranaCall<T> call) {
    try {
      return call.run();
    } catch (HranaException second) {
      second.addSuppressed(first);
      throw LibsqlErrors.unanswered(link.base(), second);
    }
  }

  private <T> List<T> read(Class<T> type, HranaStatement statement, OptionalLong hint, Deadline deadline)
      throws HranaException {
    return done(stream().only(statement, true, hint, deadline)).as(type);
  }

  /**
   * As the interface says, over a cursor: rows come while the server reads them, and are never all in memory. Each wait for more has the time of
   * {@link LibsqlOptions#timeout}, the whole that of the {@link dev.edge4j.data.QueryDeadline} if there is one.
   */
  @Override
  public <T> long forEach(Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    return forEach(type, statement(sql, args), OptionalLong.empty(), each);
  }

  <T> long forEach(Class<T> type, HranaStatement statement, OptionalLong hint, Consumer<? super T> each) {
    reads.check(statement.sql(), link.deadline());
    return withStream(link.deadline(), () -> {
      try {
        return new HranaCursor(link, positions).forEach(type, statement, hint, each);
      } catch (HranaException e) {
        throw LibsqlErrors.unanswered(link.base(), e);
      }
    });
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    HranaStatement statement = statement(sql, args);
    Deadline deadline = link.deadline();
    return withStream(deadline, () -> {
      try {
        return done(stream().only(statement, false, OptionalLong.empty(), deadline)).changed();
      } catch (HranaException e) {
        throw LibsqlErrors.unansweredWrite(link.base(), e);
      }
    });
  }

  /** Runs statements in one transaction, wholly or not at all, with one request. How many rows each has changed. */
  public List<Long> batch(List<Change> changes) {
    List<HranaStatement> statements = changes.stream().map(change -> statement(change.sql(), change.args())).toList();
    Deadline deadline = link.deadline();
    return withStream(deadline, () -> {
      try {
        List<HranaOutcome> outcomes = stream().batch(LibsqlBatch.steps(statements), true, deadline);
        return LibsqlBatch.changed(link.base(), outcomes);
      } catch (HranaException e) {
        throw LibsqlErrors.unansweredWrite(link.base(), e);
      }
    });
  }

  @Override
  public <T> T transaction(TransactionWork<T> work) {
    return withStream(link.deadline(), () -> {
      var transaction = new LibsqlTransaction(link, positions);
      try {
        T result = work.run(transaction);
        transaction.commit();
        return result;
      } finally {
        transaction.end();
      }
    });
  }

  private HranaStream stream() {
    return new HranaStream(link, positions);
  }

  private <T> T withStream(Deadline deadline, Supplier<T> work) {
    link.enter(deadline);
    try {
      return work.get();
    } finally {
      link.leave();
    }
  }

  private HranaResult done(HranaOutcome outcome) {
    return switch (outcome) {
      case Done(HranaResult result) -> result;
      case Failed failed -> throw LibsqlErrors.failed(link.base(), failed);
      case Skipped _ -> throw new AssertionError("a statement without a condition");
    };
  }

  /** A statement that is none of those that would end a transaction, or begin one that nobody ends. */
  static HranaStatement statement(String sql, Map<String, ?> args) {
    checkControl(sql);
    return HranaStatement.of(sql, args);
  }

  /** A statement of a script, which has no parameters. */
  static HranaStatement statement(String sql) {
    checkControl(sql);
    return HranaStatement.plain(sql);
  }

  private static void checkControl(String sql) {
    String word = SqlText.firstWord(sql);
    if (CONTROL.contains(word)) {
      throw new StoreException(Reason.STATEMENT, word
          + " (expected: transaction(...), which begins and ends by itself)");
    }
  }

  @Override
  public String engine() {
    return "libsql";
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public Position position() {
    return positions.latest();
  }

  /** The server's answers name its position; this asks for one. */
  Position ask(OptionalLong hint, Deadline deadline) {
    return withStream(deadline, () -> {
      var now = new Positions(positions.latest().history());
      try {
        var _ = done(new HranaStream(link, now).only(HranaStatement.plain("SELECT 1"), false, hint, deadline));
      } catch (HranaException e) {
        throw LibsqlErrors.unanswered(link.base(), e);
      }
      positions.saw(OptionalLong.of(now.latest().offset()));
      return now.latest();
    });
  }

  String address() {
    return link.base().toString();
  }

  /** Ends what is under way; transactions that were open are rolled back by the server. */
  @Override
  public void close() {
    link.close();
  }

  /** A request to the server. */
  private interface HranaCall<T> {
    T run() throws HranaException;
  }
}
