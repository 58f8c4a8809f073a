package dev.edge4j.middleware;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Key;
import dev.edge4j.Verdict;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Gives each request an id: the client's {@code X-Request-Id} if it is 1 to 128 word characters, hyphens or equals signs, else a new
 * one. It stands in {@link #KEY} and in the response. An id names a request in logs; it is no secret and proves nothing: a client can send the
 * same twice, unless {@link #ignoringClients}.
 */
public final class RequestId implements Gate {
  /** The id of the request. */
  public static final Key<String> KEY = Key.named("request-id");

  private static final String USUAL = "X-Request-Id";
  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_=-]{1,128}");

  private final String header;
  private final boolean fromClients;
  private final Supplier<String> ids;

  private RequestId(String header, boolean fromClients, Supplier<String> ids) {
    this.header = header;
    this.fromClients = fromClients;
    this.ids = ids;
  }

  public static RequestId create() {
    return new RequestId(USUAL, true, new RandomIds());
  }

  /** In another field, {@code X-Correlation-Id} say. */
  public RequestId in(String fieldName) {
    var _ = Headers.of(fieldName, ""); // refuses a name that is no token
    return new RequestId(fieldName, fromClients, ids);
  }

  /** Gives a new id whatever the client sent: where ids must be unique, or nothing in front is trusted with them. */
  public RequestId ignoringClients() {
    return new RequestId(header, false, ids);
  }

  /** Makes new ids by this, which must not block; what is not accepted from clients is not from it either, and is an error. */
  public RequestId by(Supplier<String> newIds) {
    return new RequestId(header, fromClients, newIds);
  }

  @Override
  public Verdict before(Context c) {
    Optional<String> sent = fromClients ? c.header(header).filter(RequestId::isAccepted) : Optional.empty();
    c.set(KEY, sent.orElseGet(this::next));
    return Verdict.pass();
  }

  private static boolean isAccepted(String id) {
    return ACCEPTED.matcher(id).matches();
  }

  private String next() {
    String id = ids.get();
    if (!isAccepted(id)) {
      throw new IllegalStateException("a new id has " + id.length()
          + " characters, or others than these (expected: 1 to 128 letters, digits, _ - =)");
    }
    return id;
  }

  @Override
  public Response after(Context c, Response response) {
    return response.withHeader(header, c.require(KEY));
  }
}
