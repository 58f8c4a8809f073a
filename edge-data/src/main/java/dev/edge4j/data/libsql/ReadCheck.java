package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import dev.edge4j.data.sql.SqlText;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that a query only reads, for it may be sent twice, and to a replica. SELECT and VALUES cannot write; of everything else
 * (WITH, PRAGMA, EXPLAIN) the server is asked once. Safe for use by many threads.
 */
final class ReadCheck {
  private static final Set<String> READS = Set.of("SELECT", "VALUES");
  private static final int MOST_KNOWN = 1_000;

  private final HranaLink link;
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  ReadCheck(HranaLink link) {
    this.link = link;
  }

  void check(String sql, Deadline deadline) {
    if (READS.contains(SqlText.firstWord(sql))) {
      return;
    }
    if (!known.containsKey(sql)) {
      ask(sql, deadline);
    }
    if (!known.getOrDefault(sql, false)) {
      throw new StoreException(Reason.STATEMENT, link.base() + ": a query that writes: " + sql
          + " (expected: update or transaction)");
    }
  }

  private void ask(String sql, Deadline deadline) {
    if (known.size() >= MOST_KNOWN) {
      known.clear(); // texts that are all different would fill it
    }
    link.enter(deadline);
    try {
      if (new HranaStream(link, new Positions("")).describe(sql, deadline, known) instanceof Failed failed) {
        throw LibsqlErrors.failed(link.base(), failed);
      }
    } catch (HranaException e) {
      throw LibsqlErrors.unanswered(link.base(), e);
    } finally {
      link.leave();
    }
  }
}
