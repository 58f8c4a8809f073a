package dev.edge4j.data.sqlite;

import dev.edge4j.Deadline;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.sql.NamedSql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Read-only connections to a file in WAL mode that somebody else writes: short reads on the caller's thread, a statement that has
 * proved slow on platform threads, as {@link SqliteStore} does it. The schema must not change while they are open. Safe for use by
 * many threads.
 */
public final class SqliteReaders implements AutoCloseable {
  private final Path file;
  private final ReaderPool readers;
  private final LongReads longReads;
  private final Streams streams;
  private final Statements statements = new Statements();

  private SqliteReaders(Path file, ReaderPool readers, LongReads longReads, Streams streams) {
    this.file = file;
    this.readers = readers;
    this.longReads = longReads;
    this.streams = streams;
  }

  /** Opens a file, which its writer has open already. Throws {@link dev.edge4j.data.StoreException} if it cannot be read. */
  public static SqliteReaders open(Path file, SqliteOptions options) {
    var connections = new Connections(file, options);
    try {
      var schema = new AtomicLong();
      var readers = new ReaderPool(file, connections.readers(options.readers()), schema);
      var longReads = new LongReads(new ReaderPool(file, connections.readers(options.longReaders()), schema), file,
          options.longReaders());
      return new SqliteReaders(file, readers, longReads, new Streams(file, connections, options.busyTimeout(),
          schema));
    } catch (SQLException e) {
      connections.abandon(e);
      throw SqlErrors.translate(file, e);
    }
  }

  /**
   * All rows of a statement with {@code :name} parameters. {@code arguments} gives the value of each, in order; they are bound as
   * {@link SqlConnection} says.
   */
  public <T> List<T> query(String sql, Function<NamedSql, Object[]> arguments, RowMapper<T> mapper) {
    Statements.Known statement = statements.of(sql);
    NamedSql named = statement.named();
    Object[] values = arguments.apply(named);
    SqlWork<List<T>> work = connection -> {
      long begin = System.nanoTime();
      List<T> rows = connection.query(named.positional(), mapper, values);
      statement.took(System.nanoTime() - begin);
      return rows;
    };
    return statement.takesLong() ? readLong(work) : read(work);
  }

  /**
   * Hands on the rows as they are read, a few hundred ahead at the most, on the caller's thread; how many there were. See
   * {@link SqliteStore#forEach}.
   */
  public <T> long forEach(String sql, Function<NamedSql, Object[]> arguments, RowMapper<T> mapper,
      Consumer<? super T> each) {
    NamedSql named = statements.of(sql).named();
    return streams.forEach(QueryDeadline.current(), mapper, named.positional(), arguments.apply(named), each);
  }

  /** Waits for those to whom rows are handed on; who comes later is refused as closed. {@link #close} cuts it short. */
  public void drain() {
    streams.drain();
  }

  /** Reads on the caller's thread; see {@link SqliteDatabase#read}. */
  public <T> T read(SqlWork<T> work) {
    try {
      return readers.read(QueryDeadline.current(), work);
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  /** Ends what hands on rows, and waits for the other reads that have begun; those that come later are refused as closed. */
  @Override
  public void close() {
    try (longReads; readers; streams) {
      readers.close();
    } catch (SQLException e) {
      throw SqlErrors.translate(file, e);
    }
  }

  private <T> T readLong(SqlWork<T> work) {
    Deadline deadline = QueryDeadline.current();
    CompletableFuture<T> answer = longReads.submit(deadline, work);
    if (!Waits.inTime(answer, deadline)) {
      answer.completeExceptionally(SqlErrors.tooLate(file, null)); // it does not begin, or ends itself
    }
    return Waits.answer(answer);
  }
}
