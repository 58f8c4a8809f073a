package dev.edge4j.data.origin;

import dev.edge4j.Deadline;
import dev.edge4j.HttpError;
import dev.edge4j.TimeSource;
import dev.edge4j.client.OriginCall;
import dev.edge4j.client.OriginClient;
import dev.edge4j.client.OriginException;
import dev.edge4j.client.OriginOptions;
import dev.edge4j.client.OriginResponse;
import dev.edge4j.data.MappingException;
import dev.edge4j.data.Position;
import dev.edge4j.data.QueryDeadline;
import dev.edge4j.data.StoreException;
import dev.edge4j.data.StoreException.Reason;
import dev.edge4j.env.Secret;
import dev.edge4j.http.Request;
import dev.edge4j.json.JsonCodec;
import dev.edge4j.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Sends calls to a service and reads its answers, which may be anybody's: a proxy's, say. Safe for use by many threads. */
final class ServiceLink implements AutoCloseable {
  private static final JsonCodec JSON = JsonCodec.jackson();
  private static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final String UNKNOWN = "; the outcome of the write is unknown: it may or may not have been done"
      + " (expected: look before it is sent again)";

  private final OriginClient client;
  private final String path;
  private final Secret token;
  private final AtomicReference<Position> position = new AtomicReference<>(Position.START);
  private volatile boolean closed;

  private ServiceLink(OriginClient client, String path, Secret token) {
    this.client = client;
    this.path = path;
    this.token = token;
  }

  static ServiceLink to(String url, Secret token, OriginOptions options) {
    URI uri = URI.create(url);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawPath() == null) {
      throw new IllegalArgumentException("origin service: \"" + url + "\" (expected: https://host/path)");
    }
    if (!token.reveal().chars().allMatch(c -> c > ' ' && c < 127)) { // not shown: it is one, with a line's end perhaps
      throw new IllegalArgumentException("token: one with blanks (expected: printable ASCII)");
    }
    String path = uri.getRawPath();
    return new ServiceLink(OriginClient.to(uri.getScheme() + "://" + uri.getRawAuthority(), options), path.endsWith(
        "/") ? path.substring(0, path.length() - 1) : path, token);
  }

  Map<?, ?> read(String call, Map<String, ?> body) {
    try {
      return send(call, body, false);
    } catch (OriginException e) {
      if (e.kind() != OriginException.Kind.BROKEN || QueryDeadline.current().isOver()) {
        throw failure(e, "");
      }
      return again(call, body, e);
    } catch (IOException e) {
      throw failure(e, "");
    }
  }

  private Map<?, ?> again(String call, Map<String, ?> body, OriginException first) {
    try {
      return send(call, body, false);
    } catch (IOException e) {
      e.addSuppressed(first);
      throw failure(e, "");
    }
  }

  Map<?, ?> write(String call, Map<String, ?> body) {
    try {
      return send(call, body, true);
    } catch (OriginException e) {
      throw e.neverExecuted() ? failure(e, "; nothing was done") : unknown(e);
    } catch (IOException e) {
      throw unknown(e);
    }
  }

  private Map<?, ?> send(String call, Map<String, ?> body, boolean write) throws IOException {
    if (closed) {
      throw new StoreException(Reason.CLOSED, this + ": the store is closed");
    }
    Deadline deadline = QueryDeadline.current();
    Request request = Request.post(path + call)
        .withBody("application/json", JSON.write(body))
        .withHeader("Authorization", "Bearer " + token.reveal());
    try (OriginResponse response = client.send(request, OriginCall.plain().withDeadline(deadline))) {
      TimeSource.Timer late = deadline.remaining()
          .map(left -> TimeSource.system().after(left, response::abort))
          .orElse(() -> {});
      try {
        return answer(response.status(), response.bytes(MOST_BYTES), write);
      } finally {
        late.cancel();
      }
    }
  }

  private Map<?, ?> answer(int status, byte[] bytes, boolean write) {
    Optional<Map<?, ?>> json = json(bytes);
    if (status == 200 && json.isPresent()) {
      json.ifPresent(this::moveOn);
      return json.get();
    }
    Optional<Fault> fault = json.map(map -> String.valueOf(map.get("error"))).flatMap(Fault::named);
    String said = json.map(map -> String.valueOf(map.get("message"))).orElse("");
    if (fault.isPresent()) {
      throw thrown(fault.get(), status, said);
    }
    String line = this + ": status " + status + switch (status) {
      case 200 -> ", and no JSON object";
      case 401, 403 -> " (expected: a token that the service knows)";
      case 404 -> " (expected: the address where an OriginService is mounted)";
      default -> json.map(map -> ", " + map.get("detail")).orElse("");
    };
    if (write && (status < 400 || status >= 500)) {
      throw new StoreException(Reason.UNKNOWN, line + UNKNOWN);
    }
    throw new StoreException(status == 429 || status == 503 ? Reason.BUSY : Reason.FAILED, line);
  }

  private RuntimeException thrown(Fault fault, int status, String said) {
    String line = this + ": " + said;
    return switch (fault) {
      case CONSTRAINT -> new StoreException(Reason.CONSTRAINT, line);
      case BUSY -> new StoreException(Reason.BUSY, line);
      case INVALID -> new StoreException(Reason.INVALID, line);
      case STATEMENT, UNKNOWN, TOO_MANY -> new StoreException(Reason.STATEMENT, line);
      case UNSURE -> new StoreException(Reason.UNKNOWN, line);
      case FAILED, LATE -> new StoreException(Reason.FAILED, line);
      case MAPPING -> new MappingException(line);
      case REFUSED -> status >= 400 && status < 500 ? new HttpError(status, said)
          : new StoreException(Reason.FAILED, line);
    };
  }

  private static Optional<Map<?, ?>> json(byte[] bytes) {
    try {
      return JSON.readAs(bytes, Object.class) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty(); // said by its status
    }
  }

  private void moveOn(Map<?, ?> answer) {
    if (answer.get("position") instanceof Map<?, ?> told && told.get("history") instanceof String history && told.get(
        "offset") instanceof Number offset && offset.longValue() >= 0) {
      position.accumulateAndGet(new Position(history, offset.longValue()), Position::merge);
    }
  }

  private StoreException failure(IOException e, String outcome) {
    boolean busy = e instanceof OriginException origin && origin.kind() == OriginException.Kind.BUSY;
    return new StoreException(busy ? Reason.BUSY : Reason.FAILED, this + ": " + e.getMessage() + outcome, e);
  }

  private StoreException unknown(IOException e) {
    return new StoreException(Reason.UNKNOWN, this + ": " + e.getMessage() + UNKNOWN, e);
  }

  StoreException malformed(String expected) {
    return new StoreException(Reason.FAILED, this + ": an answer of another form (expected: " + expected + ")");
  }

  StoreException malformedWrite(String expected) {
    return new StoreException(Reason.UNKNOWN, malformed(expected).getMessage() + UNKNOWN);
  }

  Position position() {
    return position.get();
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }

  @Override
  public String toString() {
    return client.origin().scheme() + "://" + client.origin().host() + ":" + client.origin().port() + path;
  }
}
