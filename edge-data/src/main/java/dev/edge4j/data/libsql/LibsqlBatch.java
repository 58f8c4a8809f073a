package dev.edge4j.data.libsql;

import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.libsql.HranaOutcome.Done;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import dev.edge4j.data.libsql.HranaStream.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements as one batch that is a transaction: each is executed if the one before it was, the commit if all were, and a rollback if the
 * transaction was begun and not committed.
 */
final class LibsqlBatch {
  private LibsqlBatch() {}

  static List<Step> steps(List<HranaStatement> statements) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(Step.ALWAYS, HranaStatement.plain("BEGIN IMMEDIATE")));
    for (HranaStatement statement : statements) {
      steps.add(new Step(Step.ifOk(steps.size() - 1), statement));
    }
    int last = steps.size() - 1;
    steps.add(new Step(Step.ifOk(last), HranaStatement.plain("COMMIT")));
    steps.add(new Step(Step.all(List.of(Step.ifOk(0), Step.not(Step.ifOk(last + 1)), Step.IN_TRANSACTION)),
        HranaStatement.plain("ROLLBACK")));
    return steps;
  }

  /** How many rows each statement has changed; what went wrong first, if something did. */
  static List<Long> changed(URI server, List<HranaOutcome> outcomes) {
    List<Long> changed = new ArrayList<>();
    for (HranaOutcome outcome : outcomes.subList(0, outcomes.size() - 1)) {
      switch (outcome) {
        case Done(HranaResult result) -> changed.add(result.changed());
        case Failed failed -> throw LibsqlErrors.failed(server, failed);
        case HranaOutcome.Skipped _ -> throw new StoreException(Reason.FAILED, server
            + ": a statement of a batch was skipped without a reason; nothing was committed");
      }
    }
    return List.copyOf(changed.subList(1, changed.size() - 1)); // without BEGIN and COMMIT
  }
}
