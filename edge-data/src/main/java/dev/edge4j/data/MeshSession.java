package dev.edge4j.data;

import dev.edge4j.Deadline;
import dev.edge4j.resilience.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One visitor's view of the mesh: what he writes he reads, where his class of data promises it. Safe for use by many threads, but
 * made for one request or one unit of work.
 *
 * <p>Every call has a deadline, the sooner of the request's and the class's own ({@link dev.edge4j.GatewayTimeout} if the request's is
 * over), and a place and a breaker at its store; see {@link StoreLimits}.
 */
public final class MeshSession {
  private final DataMesh mesh;
  private final Visit visit;
  private final Reads reads;

  MeshSession(DataMesh mesh, Visit visit, Optional<Marks> marks) {
    this.mesh = mesh;
    this.visit = visit;
    this.reads = new Reads(mesh.calls(), visit, marks);
  }

  // ---- reading

  /** The rows of a query against a class of data; see {@link Queries#query}. */
  public <T> List<T> query(String name, Class<T> type, String sql, Map<String, ?> args) {
    return reads.read(mesh.sqlClass(name), store -> store.query(type, sql, args));
  }

  /** The row of a query against a class of data, if there is one; see {@link Queries#queryOne}. */
  public <T> Optional<T> queryOne(String name, Class<T> type, String sql, Map<String, ?> args) {
    return reads.read(mesh.sqlClass(name), store -> store.queryOne(type, sql, args));
  }

  /**
   * Hands all rows to {@code each}, in order, as they come; see {@link Queries#forEach}. A store that fails after the first row is not
   * replaced by another, for rows would come twice: its error is thrown.
   */
  public <T> long forEach(String name, Class<T> type, String sql, Map<String, ?> args, Consumer<? super T> each) {
    return new RowStream<T>(each).run(counted -> reads.read(mesh.sqlClass(name), store -> counted.read(store, type, sql,
        args)));
  }

  /**
   * One page of the rows of a query, in the order of some of its columns, going on behind the page before: by position and not by
   * counting, so that what is inserted or deleted meanwhile moves no row from page to page. The cost does not grow with the pages.
   *
   * @param sql a SELECT without ORDER BY or LIMIT of its own; the columns of the keyset are among its columns
   * @param after {@link Page#next} of the page before; empty for the first. {@link dev.edge4j.BadRequest} if it is no such text
   * @param limit rows of a page, 1 to 1,000
   */
  public <T> Page<T> page(String name, Class<T> type, String sql, Map<String, ?> args, Keyset keyset, String after,
      int limit) {
    return reads.read(mesh.sqlClass(name), store -> keyset.page(store, type, sql, args, after, limit));
  }

  /**
   * The rows that contain every word, the best first; see {@link Search#search}. {@link IllegalArgumentException} if the class's store
   * cannot search.
   */
  public <T> List<T> search(String name, SearchIndex index, Class<T> type, String words, int limit, int offset) {
    return reads.read(mesh.sqlClass(name), store -> {
      if (store instanceof Search searching) {
        return searching.search(index, type, words, limit, offset);
      }
      throw new IllegalArgumentException("class \"" + name + "\" is on " + store.engine()
          + ", which cannot search (expected: a store that is a Search)");
    });
  }

  // ---- writing

  /** Runs a statement where the class of data is written; see {@link Queries#update}. */
  public long update(String name, String sql, Map<String, ?> args) {
    return write(name, store -> store.update(sql, args));
  }

  /** Runs a transaction where the class of data is written; see {@link DataStore#transaction}. */
  public <T> T transaction(String name, TransactionWork<T> work) {
    return write(name, store -> store.transaction(work));
  }

  // ---- what a cache needs to know

  /**
   * Makes a value from reads of this session, for a cache to keep: with it goes up to where it shows its classes of data.
   *
   * @param load reads by the session it is given, which is this one
   */
  public <T> Marked<T> marked(Function<MeshSession, T> load) {
    var marks = new Marks();
    T value = load.apply(new MeshSession(mesh, visit, Optional.of(marks)));
    return new Marked<>(value, marks.mark());
  }

  /**
   * Whether this visitor may be shown a value that was kept: it has all that he has written and read of its classes of data. Of a
   * visitor of whom nothing is known it never is, unless it is made of nothing that promises {@code readAfterWrite()}.
   */
  public boolean accepts(Marked<?> kept) {
    return kept.mark()
        .positions()
        .entrySet()
        .stream()
        .allMatch(reach -> visit.seen(reach.getKey())
            .map(reach.getValue()::includes)
            .orElse(visit.isKnown()));
  }

  // ---- what became of it

  /** Up to where this session has come, for the visitor to bring back; to be signed. */
  public Bookmark bookmark() {
    return visit.bookmark();
  }

  /** Who answered the reads of this session so far, in order; the last 64 of them. */
  public List<Served> served() {
    return visit.served();
  }

  /** The classes of data of which something older than promised was read, in alphabetical order. */
  public Set<String> degraded() {
    return Set.copyOf(visit.degraded());
  }

  /** Which store would answer a read of a class of data now, and why. Asks the replica for its age, and nobody for rows. */
  public Explanation explain(String name) {
    SqlClass declared = mesh.sqlClass(name);
    Optional<Replica> replica = declared.store().replica();
    if (replica.isEmpty()) {
      return explained(declared, Optional.of(Served.By.PRIMARY), declared.store(), Optional.empty(), "");
    }
    Optional<DataStore> origin = replica.get().origin();
    try {
      Reads.Decision decision = reads.decide(declared, replica.get(), Duration.ZERO);
      if (decision.refusal().isEmpty()) {
        return explained(declared, Optional.of(Served.By.REPLICA), declared.store(), decision.lag(), "");
      }
      return explained(declared, origin.map(_ -> Served.By.ORIGIN), origin.orElse(declared.store()), decision.lag(),
          decision.refusal().get());
    } catch (StoreException e) {
      return explained(declared, origin.map(_ -> Served.By.ORIGIN), origin.orElse(declared.store()), Optional.empty(),
          "the replica failed: " + e.getMessage());
    }
  }

  private Explanation explained(SqlClass declared, Optional<Served.By> by, DataStore asked, Optional<Duration> lag,
      String why) {
    CircuitBreaker.Position breaker = by.map(_ -> mesh.calls().guard(asked, declared.name()).breaker().position())
        .orElse(CircuitBreaker.Position.CLOSED);
    return new Explanation(declared.name(), declared.promise(), declared.declared().place(), asked.engine(), by, lag,
        why, breaker);
  }

  // ---- for the gate

  Visit visit() {
    return visit;
  }

  private <T> T write(String name, Function<DataStore, T> write) {
    SqlClass declared = mesh.sqlClass(name);
    visit.deadline().check();
    Optional<Replica> replica = declared.store().replica();
    DataStore target = replica.isEmpty() ? declared.store()
        : replica.get()
            .origin()
            .orElseThrow(() -> new StoreException(StoreException.Reason.FAILED, name
                + ": a replica without an origin cannot be written"));
    var ask = new StoreCalls.Ask(name, MeshCall.Kind.WRITE, target.engine(), replica.isEmpty() ? Served.By.PRIMARY
        : Served.By.ORIGIN, declared.promise(), Optional.empty(), "");
    Deadline deadline = declared.deadline(visit.deadline(), mesh.calls().time());
    T result = mesh.calls().call(ask, target, deadline, visit.timings(), () -> write.apply(target));
    if (declared.isReadAfterWrite()) {
      declared.moveOn(visit, target);
      visit.written();
    }
    return result;
  }
}
