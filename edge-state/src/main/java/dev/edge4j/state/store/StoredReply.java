package dev.edge4j.state.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * What the first call with a request id was answered.
 *
 * @param request the id
 * @param fingerprint of method and arguments
 * @param json the result
 * @param expires when it may be forgotten
 */
public record StoredReply(String request, String fingerprint, byte[] json, Instant expires) {
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredReply that && request.equals(that.request) && fingerprint.equals(that.fingerprint)
        && Arrays.equals(json, that.json) && expires.equals(that.expires);
  }

  @Override
  public int hashCode() {
    return Objects.hash(request, fingerprint, expires);
  }
}
