package dev.edge4j.state.runtime;

import dev.edge4j.state.DurableObjects;
import dev.edge4j.state.DurableObjectsOptions;
import dev.edge4j.state.store.ObjectStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens durable objects for the test kit, where nothing happens by itself: that is not for users, and another package cannot see it. */
public final class Opening {
  /** Durable objects, and what does all that is due by their clock, with what comes of it, before it returns. */
  public record Opened(DurableObjects objects, Runnable runDue) {}

  /** How they are opened. */
  @FunctionalInterface
  public interface Opener {
    /** Opens the objects of a store; {@code steps} hears of each step. */
    Opened open(ObjectStore store, DurableObjectsOptions options, Steps steps);
  }

  private static volatile @Nullable Opener opener;

  private Opening() {}

  /** Called by {@link DurableObjects} when it is loaded. */
  public static void by(Opener opening) {
    opener = opening;
  }

  /** The objects of a store. */
  public static Opened open(ObjectStore store, DurableObjectsOptions options, Steps steps) {
    return Objects.requireNonNull(opener, "DurableObjects is not loaded").open(store, options, steps);
  }
}
