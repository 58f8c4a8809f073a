package dev.edge4j.state.runtime;

import dev.edge4j.BadRequest;
import dev.edge4j.Context;
import dev.edge4j.Handler;
import dev.edge4j.HttpError;
import dev.edge4j.http.BadRequestException;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Request;
import dev.edge4j.http.RequestBody;
import dev.edge4j.http.Response;
import dev.edge4j.middleware.Principal;
import dev.edge4j.middleware.idempotency.IdempotencyKey;
import dev.edge4j.state.CallOptions;
import dev.edge4j.state.FetchHandler;
import dev.edge4j.state.ObjectCycleException;
import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.ObjectOverloadedException;
import dev.edge4j.state.ObjectTimeoutException;
import dev.edge4j.state.Outcome;
import dev.edge4j.state.mailbox.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Hands a request to an object, as a turn, and says in HTTP what became of it. */
final class Fetching<T> implements Handler {
  static final int MAX_BODY = 1 << 20;
  private static final Duration SOON = Duration.ofSeconds(1);

  private final LocalNamespace<T> namespace;
  private final Function<? super Context, String> objectName;

  Fetching(LocalNamespace<T> namespace, Function<? super Context, String> objectName) {
    this.namespace = namespace;
    this.objectName = objectName;
  }

  @Override
  public Response handle(Context c) throws Exception {
    ObjectId id = id(objectName.apply(c));
    byte[] body = body(c);
    Request request = c.request().withBody(RequestBody.of(body, c.request().body().trailers()));
    Optional<String> key = c.method().isSafe() ? Optional.empty() : IdempotencyKey.of(c.headers());
    var options = new CallOptions(key, CallOptions.defaults().priority(), c.deadline()
        .remaining()
        .map(left -> left.isPositive() ? left : Duration.ofNanos(1)));
    Optional<Idempotent<Response>> idempotent = key.map(_ -> new Idempotent<>(fingerprint(c, body),
        StoredResponse::write, StoredResponse::replay));
    var thrown = new AtomicReference<RuntimeException>();
    try {
      return namespace.dispatch(id, options, Mailbox.Kind.TURN,
          (resident, call) -> resident.turn(call, instance -> answer(instance, request, thrown), idempotent));
    } catch (TurnThrew e) {
      throw switch (thrown.get()) {
        case null -> rethrown(e);
        case ObjectException ofAnother -> error(ofAnother);
        case RuntimeException known -> known;
      };
    } catch (ObjectException e) {
      throw error(e);
    }
  }

  private static Response answer(Object instance, Request request, AtomicReference<RuntimeException> thrown)
      throws Exception {
    if (!(instance instanceof FetchHandler handler)) {
      throw new IllegalStateException(instance.getClass().getName() + " answers no HTTP (expected: a "
          + FetchHandler.class.getSimpleName() + ")");
    }
    try {
      return handler.fetch(request);
    } catch (HttpError | BadRequestException | ObjectException e) { // undoes the turn, and is an answer all the same
      thrown.set(e);
      throw e;
    }
  }

  private ObjectId id(String name) {
    try {
      return new ObjectId(namespace.name(), name);
    } catch (IllegalArgumentException e) {
      throw new BadRequest(String.valueOf(e.getMessage()));
    }
  }

  /** Read before the turn: a client that sends slowly holds up nobody but itself. */
  private static byte[] body(Context c) {
    boolean announced = c.header("Content-Length")
        .filter(length -> length.length() > 15
            || (length.matches("[0-9]+") && Long.parseLong(length) > MAX_BODY))
        .isPresent();
    byte[] body = announced ? new byte[MAX_BODY + 1] : c.bodyBytes();
    if (body.length > MAX_BODY) {
      throw new HttpError(413, "the body is larger than " + MAX_BODY + " bytes");
    }
    return body;
  }

  /** Of who asks, too: nobody gets an answer that was another's. */
  private static String fingerprint(Context c, byte[] body) {
    String who = c.get(Principal.KEY).map(Principal::subject).orElse("");
    return Fingerprint.of(c.method().name() + "\n" + c.request().target().raw() + "\n" + c.header("Content-Type")
        .orElse("") + "\n" + who, List.of(body));
  }

  private static Exception rethrown(TurnThrew e) {
    Throwable thrown = e.forCaller(FetchHandler.class.getMethods()[0].getExceptionTypes());
    return thrown instanceof Exception exception ? exception : e;
  }

  private static HttpError error(ObjectException e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e) {
      case ObjectOverloadedException overloaded -> later(detail, overloaded.retryAfter());
      case ObjectTimeoutException _ when e.outcome() == Outcome.NOT_EXECUTED -> later(detail, SOON);
      case ObjectTimeoutException _ -> caused(504, detail, e);
      case ObjectCycleException _ -> caused(508, detail, e);
      case ReusedRequestId _ -> caused(422, IdempotencyKey.HEADER
          + " was used for another request (expected: a new key for a new request)", e);
      default -> e.outcome() == Outcome.NOT_EXECUTED ? later(detail, SOON) : caused(500, detail, e);
    };
  }

  private static HttpError later(String detail, Duration after) {
    return new HttpError(503, detail, Headers.of("Retry-After", String.valueOf(Math.max(1, after.toSeconds()))));
  }

  private static HttpError caused(int status, String detail, ObjectException cause) {
    var error = new HttpError(status, detail);
    error.initCause(cause);
    return error;
  }
}
