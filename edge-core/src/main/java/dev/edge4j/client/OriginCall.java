package dev.edge4j.client;

import dev.edge4j.Deadline;
import dev.edge4j.http.Headers;
import java.util.function.Consumer;

/**
 * How one request is sent, where that differs from others.
 *
 * @param deadline until when the head of the response must be there, retries included. The origin is told what is left of it, in
 *        {@link Deadline#HEADER}
 * @param onEarlyHints is given the fields of each 103 (RFC 8297), on the thread that asks
 * @param cancellation is given what ends the exchange, before it begins: {@code c::whenCancelled} say. Who waits for it then, or reads its body, fails
 * @param keepsHost true if the request's own {@code Host} goes to the origin, not the origin's
 * @param mayUpgrade true if an {@code Upgrade} of the request goes to the origin (RFC 9110 section 7.8); over HTTP/1.1 alone
 */
public record OriginCall(Deadline deadline, Consumer<? super Headers> onEarlyHints, Consumer<Runnable> cancellation,
    boolean keepsHost, boolean mayUpgrade) {
  private static final OriginCall PLAIN = new OriginCall(Deadline.none(), _ -> {}, _ -> {}, false, false);

  /** No deadline but the client's timeouts; early hints are dropped, the origin's host is asked for, and nothing is upgraded. */
  public static OriginCall plain() {
    return PLAIN;
  }

  public OriginCall withDeadline(Deadline newDeadline) {
    return new OriginCall(newDeadline, onEarlyHints, cancellation, keepsHost, mayUpgrade);
  }

  public OriginCall withOnEarlyHints(Consumer<? super Headers> listener) {
    return new OriginCall(deadline, listener, cancellation, keepsHost, mayUpgrade);
  }

  public OriginCall withCancellation(Consumer<Runnable> registers) {
    return new OriginCall(deadline, onEarlyHints, registers, keepsHost, mayUpgrade);
  }

  public OriginCall keepingHost() {
    return new OriginCall(deadline, onEarlyHints, cancellation, true, mayUpgrade);
  }

  public OriginCall upgrading() {
    return new OriginCall(deadline, onEarlyHints, cancellation, keepsHost, true);
  }
}
