package dev.edge4j.data.origin;

import dev.edge4j.Context;
import dev.edge4j.Deadline;
import dev.edge4j.HttpError;
import dev.edge4j.data.DataStore;
import dev.edge4j.data.MappingException;
import dev.edge4j.data.Position;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.origin.OriginService.Operation;
import dev.edge4j.data.origin.OriginService.Query;
import dev.edge4j.http.Response;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Answers the calls of nodes. What a bug says stays here, in the log of the application around. */
final class ServiceCalls {
  private static final JsonCodec JSON = JsonCodec.jackson();

  /** Something that the caller has to be told, and that is no failure of this service. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    Refusal(Fault fault, String message) {
      super(message);
      this.fault = fault;
    }
  }

  private final DataStore store;
  private final Map<String, Query> queries;
  private final Map<String, String> updates;
  private final Map<String, Operation> operations;
  private final int maxRows;

  ServiceCalls(DataStore store, Map<String, Query> queries, Map<String, String> updates,
      Map<String, Operation> operations, int maxRows) {
    this.store = store;
    this.queries = queries;
    this.updates = updates;
    this.operations = operations;
    this.maxRows = maxRows;
  }

  Response query(Context c) {
    return answer(c, request -> {
      Query query = registered(queries, request, "statement");
      List<?> rows = store.query(query.shape().type(), query.sql(), args(request));
      if (rows.size() > maxRows) {
        throw new Refusal(Fault.TOO_MANY, rows.size() + " rows (expected: " + maxRows + " at most; a LIMIT)");
      }
      return Map.of("columns", query.shape().columns(), "rows", rows.stream().map(query.shape()::values).toList());
    });
  }

  Response update(Context c) {
    return answer(c, request -> Map.of("changed", store.update(registered(updates, request, "statement"), args(
        request))));
  }

  Response call(Context c) {
    return answer(c, request -> {
      Operation operation = registered(operations, request, "operation");
      Object argument = argument(request, operation.operation().argument());
      return Map.of("result", store.transaction(tx -> operation.work().run(tx, argument)));
    });
  }

  /** Reads the request, and says what came of it: also up to where the store has come, for bookmarks. */
  private Response answer(Context c, Function<Map<?, ?>, Map<String, ?>> work) {
    Deadline deadline = Deadline.of(c.headers(), c.time()).sooner(c.deadline());
    Map<?, ?> request = c.body(Map.class);
    try {
      if (deadline.isOver()) {
        throw new Refusal(Fault.LATE, "the time for the answer was over before anything was done");
      }
      Map<String, Object> answer = new HashMap<>(QueryDeadline.within(deadline, () -> work.apply(request)));
      Position position = store.position();
      answer.put("position", Map.of("history", position.history(), "offset", position.offset()));
      return json(200, answer);
    } catch (Refusal e) {
      return fault(e.fault, e.fault.status(), e);
    } catch (StoreException e) {
      return fault(Fault.of(e), Fault.of(e).status(), e);
    } catch (MappingException e) {
      return fault(Fault.MAPPING, Fault.MAPPING.status(), e);
    } catch (HttpError e) {
      if (e.status() >= 500) {
        throw e;
      }
      return fault(Fault.REFUSED, e.status(), e);
    }
  }

  private static Response fault(Fault fault, int status, RuntimeException e) {
    return json(status, Map.of("error", fault.name(), "message", String.valueOf(e.getMessage())));
  }

  private static Response json(int status, Map<String, ?> body) {
    return Response.bytes(status, "application/json", JSON.write(body)).withHeader("Cache-Control", "no-store");
  }

  private static <T> T registered(Map<String, T> all, Map<?, ?> request, String kind) {
    Object name = request.get(kind);
    T found = name instanceof String text ? all.get(text) : null;
    if (found == null) {
      throw new Refusal(Fault.UNKNOWN, "no " + kind + " of that name is registered at the origin: " + name);
    }
    return found;
  }

  private static Map<String, ?> args(Map<?, ?> request) {
    if (!(request.get("args") instanceof Map<?, ?> sent)) {
      throw new MappingException("args: " + request.get("args") + " (expected: an object)");
    }
    Map<String, Object> args = new HashMap<>();
    sent.forEach((name, value) -> {
      try {
        Object decoded = WireValue.decode(value);
        args.put(String.valueOf(name), decoded == null ? Optional.empty() : decoded);
      } catch (IllegalArgumentException e) {
        throw new MappingException(":" + name + ": " + e.getMessage(), e);
      }
    });
    return args;
  }

  private static Object argument(Map<?, ?> request, Class<?> type) {
    Object sent = request.get("argument");
    if (sent == null) {
      throw new MappingException("argument: none (expected: " + type.getSimpleName() + ")");
    }
    try {
      return JSON.readAs(JSON.write(sent), type);
    } catch (JsonException e) {
      throw new MappingException("argument" + (e.field().isEmpty() ? "" : "." + e.field()) + ": " + e.getMessage(), e);
    }
  }
}
