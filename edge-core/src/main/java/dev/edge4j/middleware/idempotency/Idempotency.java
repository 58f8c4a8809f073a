package dev.edge4j.middleware.idempotency;

import dev.edge4j.Context;
import dev.edge4j.HttpError;
import dev.edge4j.Middleware;
import dev.edge4j.Next;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Method;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import dev.edge4j.middleware.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a POST or PATCH that carries an {@code Idempotency-Key} once, however often it is sent: whoever sends it again gets the first reply
 * (status, header fields and body), with {@code Idempotent-Replayed: true}. While the first is under way the answer is 409; with another target,
 * type or body under the same key it is 422, as the draft has it.
 *
 * <p>Replies are kept for a day, those of 500 and more not at all: they may be tried again, as may 401, 408, 425 and 429, which ask for that, and what
 * ended with an exception. A body of over 1
 * MiB, a stream or a file is not kept either; then the answer to a repetition is 409, for good. Keys are told apart by {@link Principal}; all
 * anonymous requests share theirs, so put this behind what finds out who asks. The body is read
 * into memory before anything else: where large ones are let in, {@link dev.edge4j.middleware.BodyLimit} belongs in front.
 *
 * <p>Who crashes between beginning and reply holds the key for a lease of 5 minutes. It must be longer than a request may take: a handler that
 * outlives it may run beside a second one. The store is asked on a virtual thread. If it fails before, nothing is done; if it fails to keep the reply, the
 * reply leaves all the same, and a repetition is 409 until the lease is over.
 *
 * <p>Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
public final class Idempotency implements Middleware {
  private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int DEFAULT_MAX_BODY = 1 << 20;
  /** Nothing was done, and the same request is to be sent again: with credentials, or later. */
  private static final Set<Integer> AGAIN = Set.of(401, 408, 425, 429);

  private record Settings(boolean required, Duration ttl, Duration lease, int maxBody, IntPredicate kept,
      Function<? super Context, String> scope) {
    private static final Settings DEFAULT = new Settings(false, Duration.ofDays(1), Duration.ofMinutes(5),
        DEFAULT_MAX_BODY, Settings::isFinal, c -> c.get(Principal.KEY).map(Principal::subject).orElse(""));

    private static boolean isFinal(int status) {
      return status < 500 && !AGAIN.contains(status);
    }
  }

  private final KvStore store;
  private final Settings settings;

  private Idempotency(KvStore store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Keeps replies in this store, which all nodes that may get a repetition share. */
  public static Idempotency over(KvStore store) {
    return new Idempotency(store, Settings.DEFAULT);
  }

  /** Answers 400 to a POST or PATCH without a key. */
  public Idempotency required() {
    return with(new Settings(true, settings.ttl, settings.lease, settings.maxBody, settings.kept, settings.scope));
  }

  /** Keeps replies for that long. */
  public Idempotency ttl(Duration ttl) {
    return with(new Settings(settings.required, positive("ttl", ttl), settings.lease, settings.maxBody, settings.kept,
        settings.scope));
  }

  /** Gives up on a request that has not ended after that long; see above. */
  public Idempotency lease(Duration lease) {
    return with(new Settings(settings.required, settings.ttl, positive("lease", lease), settings.maxBody, settings.kept,
        settings.scope));
  }

  /** Keeps bodies of at most so many bytes, 0 to 16 MiB. */
  public Idempotency maxBody(int bytes) {
    if (bytes < 0 || bytes > 16 << 20) {
      throw new IllegalArgumentException("maxBody: " + bytes + " (expected: 0 to 16777216 bytes)");
    }
    return with(new Settings(settings.required, settings.ttl, settings.lease, bytes, settings.kept, settings.scope));
  }

  /** Keeps replies of those statuses; a repetition of another is done again. */
  public Idempotency keeping(IntPredicate statuses) {
    return with(new Settings(settings.required, settings.ttl, settings.lease, settings.maxBody, statuses,
        settings.scope));
  }

  /** Tells apart by this whose keys they are: a tenant, say. Nobody gets a reply from another scope. */
  public Idempotency scope(Function<? super Context, String> scope) {
    return with(new Settings(settings.required, settings.ttl, settings.lease, settings.maxBody, settings.kept, scope));
  }

  private Idempotency with(Settings changed) {
    return new Idempotency(store, changed);
  }

  private static Duration positive(String name, Duration given) {
    if (!given.isPositive()) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: more than zero)");
    }
    return given;
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    boolean asked = c.method().equals(Method.POST) || c.method().equals(Method.PATCH);
    if (!asked || c.isWarmUp()) {
      return next.proceed();
    }
    Optional<String> key = IdempotencyKey.of(c.headers());
    if (key.isEmpty()) {
      if (settings.required) {
        throw new HttpError(400, IdempotencyKey.HEADER
            + " is missing (expected: a key of your own for each new request)");
      }
      return next.proceed();
    }
    String name = "idempotency:" + Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(sha256(utf8(settings.scope.apply(c)), utf8(key.get())));
    byte[] fingerprint = sha256(utf8(c.method().name()), utf8(c.request().host()), utf8(c.request().target().raw()),
        utf8(c.header("Content-Type").orElse("")), c.bodyBytes());
    var claim = new Entry.Claim(UUID.randomUUID(), fingerprint);
    if (store.putIfAbsent(name, claim.encode(), settings.lease)) {
      return first(next, name, claim);
    }
    return again(store.get(name), fingerprint);
  }

  private Response first(Next next, String name, Entry.Claim claim) throws Exception {
    Response response;
    try {
      response = next.proceed();
    } catch (Throwable e) {
      try {
        release(name, claim);
      } catch (RuntimeException store) {
        e.addSuppressed(store);
      }
      throw e;
    }
    try {
      keep(name, claim, response);
    } catch (RuntimeException e) { // it was done, so the client must not be told that it was not
      LOG.error("a reply was not kept: a repetition may be done again once the lease of {} is over", settings.lease, e);
    }
    return response;
  }

  private void keep(String name, Entry.Claim claim, Response response) {
    if (!settings.kept.test(response.status())) {
      release(name, claim);
    } else if (isOurs(name, claim)) {
      store.put(name, ended(claim, response).encode(), settings.ttl);
    }
  }

  private Entry ended(Entry.Claim claim, Response given) {
    Response response = given.body() instanceof Body.Segments segments
        ? given.withBody(new Body.Bytes(segments.joined()))
        : given;
    boolean small = switch (response.body()) {
      case Body.Empty _ -> true;
      case Body.Bytes(byte[] bytes) -> bytes.length <= settings.maxBody;
      default -> false;
    };
    return small ? new Entry.Reply(claim.owner(), claim.fingerprint(), response)
        : new Entry.Gone(claim.owner(), claim.fingerprint());
  }

  private void release(String name, Entry.Claim claim) {
    if (isOurs(name, claim)) {
      store.delete(name);
    }
  }

  /** False once the lease is over and somebody else is at it, or has ended. */
  private boolean isOurs(String name, Entry.Claim claim) {
    return store.get(name).map(bytes -> Entry.decode(bytes).owner().equals(claim.owner())).orElse(true);
  }

  private static Response again(Optional<byte[]> stored, byte[] fingerprint) {
    if (stored.isEmpty()) {
      throw underWay(); // it has ended between our two questions, and may be tried again
    }
    Entry entry = Entry.decode(stored.get());
    if (!entry.isFor(fingerprint)) {
      throw new HttpError(422, IdempotencyKey.HEADER
          + " was used for another request (expected: a new key for a new request)");
    }
    return switch (entry) {
      case Entry.Reply(_, _, Response response) -> response.withHeader("Idempotent-Replayed", "true");
      case Entry.Claim _ -> throw underWay();
      case Entry.Gone _ -> throw new HttpError(409, "this request was done; its reply is not kept");
    };
  }

  private static HttpError underWay() {
    return new HttpError(409, "this request is being done; ask again for its reply",
        Headers.of("Retry-After", String.valueOf(RETRY.toSeconds())));
  }

  /** Each part with its length, so that no two lists of parts are one. */
  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(utf8(part.length + ":"));
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
