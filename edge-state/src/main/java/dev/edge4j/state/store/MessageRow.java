package dev.edge4j.state.store;

import dev.edge4j.state.ObjectId;
import dev.edge4j.state.RetryPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A message to another object, or an effect, that is to be delivered.
 *
 * @param from the object whose turn it was part of
 * @param to the object it is for; empty for an effect
 * @param what the method of {@code to}, or the effect's name
 * @param id the same for all attempts
 * @param payload the arguments, or what the effect is told: JSON
 * @param failed how often it was tried
 * @param due when it is tried next
 */
public record MessageRow(ObjectId from, Optional<ObjectId> to, String what, String id, byte[] payload,
    RetryPolicy retry, int failed, Instant due) {
  /** What ids of messages begin with. They are request ids at the target, whose replies are kept for as long as the message is. */
  static final String PREFIX = "message:";

  /** A new id. */
  public static String newId(boolean effect) {
    return effect ? UUID.randomUUID().toString() : PREFIX + UUID.randomUUID();
  }

  /** Whether a request is the delivery of a message. */
  public static boolean isMessage(String request) {
    return request.startsWith(PREFIX);
  }
}
