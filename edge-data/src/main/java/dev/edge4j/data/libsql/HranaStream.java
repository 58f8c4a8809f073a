package dev.edge4j.data.libsql;

import dev.edge4j.Deadline;
import dev.edge4j.data.libsql.HranaOutcome.Done;
import dev.edge4j.data.libsql.HranaOutcome.Failed;
import dev.edge4j.data.libsql.HranaOutcome.Skipped;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the database, as Hrana over HTTP has it: each answer carries a baton for the next request, and perhaps the address of the
 * one server that it must go to. Requests are strictly one after another; one without an answer ends the stream. Confined to one thread.
 */
final class HranaStream {
  /** A statement of a batch, and when it is executed. */
  record Step(Map<String, Object> condition, HranaStatement statement) {
    static final Map<String, Object> ALWAYS = Map.of();
    /** While a transaction is open: the server ends one by itself that is too long or met a full disk. */
    static final Map<String, Object> IN_TRANSACTION = not(Map.of("type", "is_autocommit"));

    static Map<String, Object> ifOk(int step) {
      return Map.of("type", "ok", "step", step);
    }

    static Map<String, Object> not(Map<String, Object> condition) {
      return Map.of("type", "not", "cond", condition);
    }

    static Map<String, Object> all(List<Map<String, Object>> conditions) {
      return Map.of("type", "and", "conds", conditions);
    }

    private Map<String, Object> json() {
      Map<String, Object> json = new HashMap<>();
      json.put("stmt", statement.json(true));
      if (!condition.isEmpty()) {
        json.put("condition", condition);
      }
      return json;
    }
  }

  private static final Map<String, Object> CLOSE = Map.of("type", "close");

  private final HranaLink link;
  private final Positions positions;
  private URI at;
  private Optional<String> baton = Optional.empty();

  HranaStream(HranaLink link, Positions positions) {
    this.link = link;
    this.positions = positions;
    this.at = link.base();
  }

  /**
   * Executes one statement and closes the stream, in one request.
   *
   * @param hint what a replica must have applied first; empty for nothing
   */
  HranaOutcome only(HranaStatement statement, boolean wantsRows, OptionalLong hint, Deadline deadline)
      throws HranaException {
    Map<String, Object> json = statement.json(wantsRows);
    hint.ifPresent(index -> json.put("replication_index", Long.toString(index)));
    Map<?, ?> answer = send(List.of(Map.of("type", "execute", "stmt", json), CLOSE), deadline);
    return executed(answer);
  }

  /** Whether a statement only reads, as the server sees it; closes the stream. */
  HranaOutcome describe(String sql, Deadline deadline, Map<String, Boolean> reads) throws HranaException {
    Map<?, ?> answer = send(List.of(Map.of("type", "describe", "sql", sql), CLOSE), deadline);
    if (error(answer).isPresent()) {
      return error(answer).get();
    }
    reads.put(sql, Boolean.TRUE.equals(result(answer).get("is_readonly")));
    return new Skipped();
  }

  /** Executes a batch, and closes the stream behind it if it is the last. */
  List<HranaOutcome> batch(List<Step> steps, boolean last, Deadline deadline) throws HranaException {
    Map<String, Object> batch = Map.of("type", "batch", "batch", Map.of("steps", steps.stream()
        .map(Step::json)
        .toList()));
    Map<?, ?> answer = send(last ? List.of(batch, CLOSE) : List.of(batch), deadline);
    Optional<Failed> error = error(answer);
    if (error.isPresent()) { // of the batch as a whole: nothing of it was executed
      return steps.stream().<HranaOutcome>map(_ -> error.get()).toList();
    }
    Map<?, ?> result = result(answer);
    positions.saw(HranaJson.count(result.get("replication_index"), "replication_index"));
    List<?> results = HranaJson.list(result.get("step_results"), "step_results");
    List<?> errors = HranaJson.list(result.get("step_errors"), "step_errors");
    if (results.size() != steps.size() || errors.size() != steps.size()) {
      throw HranaException.malformed(results.size() + " results of " + steps.size() + " statements");
    }
    List<HranaOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      outcomes.add(outcome(results.get(i), errors.get(i)));
    }
    return outcomes;
  }

  private static HranaOutcome outcome(@Nullable Object result, @Nullable Object error) throws HranaException {
    if (error != null) {
      return Failed.of(HranaJson.object(error, "a step's error"));
    }
    return result == null ? new Skipped() : new Done(HranaResult.of(HranaJson.object(result, "a step's result")));
  }

  private HranaOutcome executed(Map<?, ?> answer) throws HranaException {
    Optional<Failed> error = error(answer);
    if (error.isPresent()) {
      return error.get();
    }
    Map<?, ?> result = result(answer);
    positions.saw(HranaJson.count(result.get("replication_index"), "replication_index"));
    return new Done(HranaResult.of(result));
  }

  /** Closes the stream if it is open: the server would keep its connection for ten seconds. */
  void close(Deadline deadline) throws HranaException {
    if (baton.isPresent()) {
      var _ = send(List.of(CLOSE), deadline);
    }
  }

  /** Gives the baton away for a request of another kind, whose answer brings the next one. */
  void opened(Optional<String> newBaton, Optional<String> newBase) throws HranaException {
    baton = newBaton;
    if (newBase.isPresent()) {
      at = moved(newBase.get());
    }
  }

  URI at() {
    return at;
  }

  private Map<?, ?> send(List<Map<String, Object>> requests, Deadline deadline) throws HranaException {
    Map<String, Object> body = new HashMap<>();
    baton.ifPresent(current -> body.put("baton", current));
    body.put("requests", requests);
    baton = Optional.empty(); // a baton is good once, and lost if there is no answer
    Map<?, ?> answer = link.ask(at, body, deadline);
    opened(HranaJson.optionalText(answer.get("baton"), "baton"), HranaJson.optionalText(answer.get("base_url"),
        "base_url"));
    List<?> results = HranaJson.list(answer.get("results"), "results");
    if (results.size() != requests.size()) {
      throw HranaException.malformed(results.size() + " results of " + requests.size() + " requests");
    }
    return HranaJson.object(results.getFirst(), "a result");
  }

  /** The token goes there: never from TLS to a plain connection. */
  private URI moved(String url) throws HranaException {
    try {
      return LibsqlUrl.moved(link.base(), url);
    } catch (IllegalArgumentException e) {
      throw HranaJson.unexpected("base_url", url, "the address of a server over " + link.base().getScheme());
    }
  }

  private static Optional<Failed> error(Map<?, ?> answer) throws HranaException {
    return "error".equals(answer.get("type")) ? Optional.of(Failed.of(HranaJson.object(answer.get("error"), "error")))
        : Optional.empty();
  }

  private static Map<?, ?> result(Map<?, ?> answer) throws HranaException {
    Map<?, ?> response = HranaJson.object(answer.get("response"), "response");
    return HranaJson.object(response.get("result"), "result");
  }
}
