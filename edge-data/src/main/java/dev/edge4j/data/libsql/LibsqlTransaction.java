package dev.edge4j.data.libsql;

import static dev.edge4j.data.libsql.HranaStream.Step.ALWAYS;
import static dev.edge4j.data.libsql.HranaStream.Step.IN_TRANSACTION;

import dev.edge4j.data.Queries;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.libsql.HranaOutcome.Done;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import dev.edge4j.data.libsql.HranaOutcome.Skipped;
import dev.edge4j.data.libsql.HranaStream.Step;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction on a stream of its own. It begins with its first statement, in the same request, and takes the writer's place then. Once a
 * request has got no answer, or the server has ended the transaction, all that follows is refused. Confined to one thread.
 */
final class LibsqlTransaction implements Queries {
  private static final Logger LOG = LoggerFactory.getLogger(LibsqlTransaction.class);
  private static final HranaStatement BEGIN = HranaStatement.plain("BEGIN IMMEDIATE");
  private static final HranaStatement COMMIT = HranaStatement.plain("COMMIT");
  private static final HranaStatement ROLLBACK = HranaStatement.plain("ROLLBACK");

  private enum State {
    NEW, OPEN, LOST, OVER
  }

  private final HranaLink link;
  private final HranaStream stream;
  private State state = State.NEW;
  private @Nullable StoreException loss;

  LibsqlTransaction(HranaLink link, Positions positions) {
    this.link = link;
    this.stream = new HranaStream(link, positions);
  }

  @Override
  public <T> List<T> query(Class<T> type, String sql, Map<String, ?> args) {
    HranaResult result = run(LibsqlStore.statement(sql, args));
    try {
      return result.as(type);
    } catch (HranaException e) {
      throw lost(LibsqlErrors.unanswered(link.base(), e));
    }
  }

  @Override
  public long update(String sql, Map<String, ?> args) {
    return run(LibsqlStore.statement(sql, args)).changed();
  }

  HranaResult run(HranaStatement statement) {
    check();
    try {
      boolean begins = state == State.NEW;
      List<HranaOutcome> outcomes = stream.batch(begins ? List.of(new Step(ALWAYS, BEGIN), new Step(Step.ifOk(0),
          statement)) : List.of(new Step(IN_TRANSACTION, statement)), false, link.deadline());
      state = State.OPEN;
      if (begins && outcomes.getFirst() instanceof Failed refused) {
        throw lost(LibsqlErrors.failed(link.base(), refused));
      }
      return result(outcomes.getLast());
    } catch (HranaException e) {
      throw lost(new StoreException(Reason.FAILED, LibsqlErrors.unanswered(link.base(), e).getMessage()
          + "; the transaction is lost, and the server rolls it back", e));
    }
  }

  private HranaResult result(HranaOutcome outcome) {
    return switch (outcome) {
      case Done(HranaResult result) -> result;
      case Failed failed when failed.code().startsWith("TRANSACTION_") -> throw lost(endedByServer(failed.message()));
      case Failed failed -> throw LibsqlErrors.failed(link.base(), failed); // the transaction goes on
      case Skipped _ -> throw lost(endedByServer("it is not open any more"));
    };
  }

  private StoreException endedByServer(String why) {
    return new StoreException(Reason.BUSY, link.base() + ": the server has ended the transaction and rolled it back: "
        + why + " (expected: less than 5 seconds, for others wait to write)");
  }

  private void check() {
    if (state == State.OVER) {
      throw new IllegalStateException("the transaction is over (expected: no use after its work has returned)");
    }
    if (loss != null) {
      throw loss;
    }
  }

  private StoreException lost(StoreException why) {
    state = State.LOST;
    loss = why;
    return why;
  }

  /** Makes it durable. A work that has caught the loss of its transaction does not get away with it. */
  void commit() {
    if (state == State.NEW) {
      state = State.OVER;
      return;
    }
    check();
    try {
      HranaOutcome outcome = stream.batch(List.of(new Step(IN_TRANSACTION, COMMIT)), true, link.deadline()).getFirst();
      switch (outcome) {
        case Done _ -> state = State.OVER;
        case Failed failed when failed.code().startsWith("TRANSACTION_") -> throw lost(endedByServer(failed.message()));
        case Failed failed -> throw lost(LibsqlErrors.failed(link.base(), failed));
        case Skipped _ -> throw lost(endedByServer("it was not open any more when it was to be committed"));
      }
    } catch (HranaException e) {
      throw lost(LibsqlErrors.unansweredWrite(link.base(), e));
    }
  }

  /** Undoes it unless it was committed, so that others may write at once. Throws nothing: there is an error already. */
  void end() {
    boolean open = state == State.OPEN;
    state = State.OVER;
    try {
      if (open) {
        var _ = stream.batch(List.of(new Step(IN_TRANSACTION, ROLLBACK)), true, link.deadline());
      } else {
        stream.close(link.deadline());
      }
    } catch (HranaException | StoreException e) {
      LOG.debug("a transaction is left to the server, which rolls it back", e);
    }
  }
}
