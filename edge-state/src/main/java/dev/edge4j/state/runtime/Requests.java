package dev.edge4j.state.runtime;

import dev.edge4j.state.ObjectException;
import dev.edge4j.state.ObjectId;
import dev.edge4j.state.store.MessageRow;
import dev.edge4j.state.store.StoredReply;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests with an id, each of which one object executes once: what was answered is stored with the turn, and who asks again while the turn is outside waits for
 * it. Confined to the turns of the object.
 */
final class Requests {
  private record Running(String fingerprint, Call<?> call) {}

  private final ObjectId id;
  private final Host host;
  /** Turns that are outside, as others of the same id may come meanwhile. */
  private Map<String, Running> running = Map.of();

  Requests(ObjectId id, Host host) {
    this.id = id;
    this.host = host;
  }

  /** The stored reply; throws {@link ObjectException} if that is of another call. */
  Optional<StoredReply> known(Activation<?> current, Call<?> call, Optional<? extends Idempotent<?>> idempotent) {
    if (idempotent.isEmpty() || call.options().requestId().isEmpty()) {
      return Optional.empty();
    }
    String request = call.options().requestId().get();
    // A message may come again after any time, so its reply is good for as long as it is there.
    Instant now = MessageRow.isMessage(request) ? Instant.EPOCH : host.options().clock().instant();
    Optional<StoredReply> reply = current.reply(request, now);
    reply.ifPresent(known -> checkSame(request, known.fingerprint(), idempotent.get()));
    return reply;
  }

  /** Whether the same call runs already: then its reply is this one's too. Otherwise it runs from now on, until {@link #end}. */
  @SuppressWarnings("unchecked") // the fingerprint says that it is the same method
  <R extends @Nullable Object> boolean joins(Call<R> call, Optional<Idempotent<R>> idempotent) {
    if (idempotent.isEmpty() || call.options().requestId().isEmpty()) {
      return false;
    }
    String request = call.options().requestId().get();
    Running first = running.get(request);
    if (first == null) {
      running = running.isEmpty() ? new HashMap<>(2) : running;
      running.put(request, new Running(idempotent.get().fingerprint(), call));
      return false;
    }
    checkSame(request, first.fingerprint(), idempotent.get());
    ((Call<R>) first.call()).answerToo(call);
    return true;
  }

  /** The turn is over: what it answered is stored, or it left nothing. */
  @SuppressWarnings("ReferenceEquality") // each call is itself
  void end(Call<?> call) {
    running.values().removeIf(entry -> entry.call() == call);
    running = running.isEmpty() ? Map.of() : running;
  }

  <R extends @Nullable Object> Optional<StoredReply> stored(Call<R> call, Optional<Idempotent<R>> idempotent, R reply) {
    if (idempotent.isEmpty() || call.options().requestId().isEmpty()) {
      return Optional.empty();
    }
    Instant expires = host.options().clock().instant().plus(host.options().repliesKept());
    return Optional.of(new StoredReply(call.options().requestId().get(), idempotent.get().fingerprint(),
        idempotent.get().write().apply(reply), expires));
  }

  private void checkSame(String request, String fingerprint, Idempotent<?> asked) {
    if (!fingerprint.equals(asked.fingerprint())) {
      throw new ReusedRequestId(id, request);
    }
  }
}
