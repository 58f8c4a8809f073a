package dev.edge4j.middleware.experiment;

import dev.edge4j.Canary;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Features that are on for nobody, for all or for a share of the visitors, and otherwise for single ones. Changes count from the next question
 * on. A flag that nobody has set is off. Growing a share switches nobody off; two flags of one share have different visitors.
 *
 * <p>Safe for use by many threads; never blocks, so gates may ask it.
 */
public final class Flags {
  /** The most single visitors that one flag may name. */
  public static final int MAX_OVERRIDES = 10_000;

  private record Flag(double share, Map<String, Boolean> overrides) {
    private static final Flag OFF = new Flag(0, Map.of());
  }

  private final AtomicReference<Map<String, Flag>> flags = new AtomicReference<>(Map.of());

  private Flags() {}

  /** Without any flag that is on. */
  public static Flags create() {
    return new Flags();
  }

  /** Has a flag on for all but those it is switched off for. */
  public Flags on(String flag) {
    return share(flag, 1);
  }

  /** Has a flag off for all but those it is switched on for. */
  public Flags off(String flag) {
    return share(flag, 0);
  }

  /** Has a flag on for that share of the visitors, 0 to 1. */
  public Flags share(String flag, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share of flag \"" + flag + "\": " + share + " (expected: 0 to 1)");
    }
    return change(flag, old -> new Flag(share, old.overrides));
  }

  /** Has a flag on or off for one visitor, whatever its share. */
  public Flags override(String flag, String visitor, boolean on) {
    return change(flag, old -> {
      Map<String, Boolean> overrides = new HashMap<>(old.overrides);
      overrides.put(visitor, on);
      if (overrides.size() > MAX_OVERRIDES) {
        throw new IllegalArgumentException("overrides of flag \"" + flag + "\": more than " + MAX_OVERRIDES
            + " (expected: a share for so many)");
      }
      return new Flag(old.share, Map.copyOf(overrides));
    });
  }

  /** Treats a visitor as all others again. */
  public Flags clearOverride(String flag, String visitor) {
    return change(flag, old -> {
      Map<String, Boolean> overrides = new HashMap<>(old.overrides);
      overrides.remove(visitor);
      return new Flag(old.share, Map.copyOf(overrides));
    });
  }

  private Flags change(String name, UnaryOperator<Flag> change) {
    flags.updateAndGet(old -> {
      Map<String, Flag> changed = new HashMap<>(old);
      changed.put(name, change.apply(old.getOrDefault(name, Flag.OFF)));
      return Map.copyOf(changed);
    });
    return this;
  }

  /** Whether a flag is on for that visitor: a user's id, a cookie. */
  public boolean isOn(String flag, String visitor) {
    Flag current = flags.get().getOrDefault(flag, Flag.OFF);
    Boolean single = current.overrides.get(visitor);
    return single != null ? single : Canary.isNext("flag:" + flag.length() + ":" + flag + ":" + visitor, current.share);
  }
}
