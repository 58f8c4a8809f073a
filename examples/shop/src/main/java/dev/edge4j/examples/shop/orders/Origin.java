package dev.edge4j.examples.shop.orders;

import dev.edge4j.GatewayTimeout;
import dev.edge4j.ServiceUnavailable;
import dev.edge4j.data.StoreException;
import dev.edge4j.examples.shop.chain.Patience;
import java.time.Duration;
import java.util.function.Supplier;

/** How the origin is asked by those who can do without an answer. Safe for use by many threads. */
interface Origin {
  /** As long as it takes. */
  Origin PATIENT = new Origin() {
    @Override
    public <T> T ask(Supplier<T> call) {
      return call.get();
    }
  };

  /** What the call returns or throws; {@link StoreException} if it is late. It may still take effect then. */
  <T> T ask(Supplier<T> call);

  /**
   * For each one that is got so long at most from then on, over all that is asked by it, by so many at once; for a second after somebody waited in vain, nobody
   * waits.
   */
  static Supplier<Origin> within(Duration longest, int most) {
    var patience = new Patience(longest, most);
    return () -> {
      long end = System.nanoTime() + longest.toNanos();
      return new Origin() {
        @Override
        public <T> T ask(Supplier<T> call) {
          return patience.with("the origin", Duration.ofNanos(end - System.nanoTime()), call);
        }
      };
    };
  }

  /** True if the failure says nothing about what was asked for: it may work later, and may have worked now. */
  static boolean isAway(RuntimeException failure) {
    return switch (failure) {
      case StoreException store -> !store.permanent() && store.reason() != StoreException.Reason.STATEMENT;
      case GatewayTimeout _,ServiceUnavailable _ -> true;
      default -> false;
    };
  }
}
