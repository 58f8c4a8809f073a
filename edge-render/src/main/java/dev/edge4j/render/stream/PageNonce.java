package dev.edge4j.render.stream;

import dev.edge4j.Context;
import dev.edge4j.middleware.SecureHeaders;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The nonce of a page whose head leaves before its late parts are rendered: they have the page's, for no field can be added any more. Safe for use by many threads. */
final class PageNonce implements Supplier<String> {
  private final Context c;
  private volatile @Nullable String nonce;
  private volatile boolean hasLeft;

  PageNonce(Context c) {
    this.c = c;
  }

  /** From now on there is the nonce that the page has asked for, and no other. */
  void leave() {
    hasLeft = true;
  }

  @Override
  public String get() {
    String known = nonce;
    if (known == null) {
      if (hasLeft) {
        throw new IllegalStateException(
            "{{edge.nonce}} in a late part alone, behind a head without it (expected: in the page itself too)");
      }
      known = SecureHeaders.nonce(c);
      nonce = known;
    }
    return known;
  }
}
