package dev.edge4j.render.program;

import dev.edge4j.render.html.Escaper;

/** {@code {{edge.nonce}}}: the nonce of the request, see {@code SecureHeaders.nonce}. */
record PrintNonce(Escaper escaper) implements Action {
  @Override
  public void run(Rendering rendering) {
    escaper.text(rendering.nonce(), rendering.output());
  }
}
