package dev.edge4j.client;

import dev.edge4j.wire.HopByHop;
import java.time.Duration;

/** What comes before a final response (RFC 9110 section 15.2), whichever version of HTTP is spoken. */
final class Interim {
  /** With more of them an origin only keeps us waiting. */
  static final int MOST = 32;

  /** An origin that wants no {@code Expect} may not say so either (RFC 9110 section 10.1.1). */
  static final Duration CONTINUE_AFTER = Duration.ofSeconds(1);

  private Interim() {}

  /** Hands early hints on, without what is about the connection or a body. */
  static void tell(OriginCall call, ResponseHead head) {
    if (head.status() == 103) {
      call.onEarlyHints().accept(HopByHop.removed(head.headers()).toBuilder().remove("Content-Length").build());
    }
  }
}
