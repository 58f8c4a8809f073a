package dev.edge4j;

/**
 * What a server has learned of one route: whether its calls may begin on the event loop, or better go to another thread at once. For
 * servers, which ask {@link #beginsOnLoop} before a call and tell {@link #stint} how the call began: how long it ran until it first
 * waited or ended. Safe for use by many threads; counts may be lost between them, which only puts a change off.
 *
 * <p>What is measured is time on the clock, so a collection or a busy machine makes quick routes look slow now and then: they have a
 * budget for that, a leaky bucket. Each stint over {@link #LIMIT_NANOS} spends what it took of {@link #BUDGET_NANOS}, each other one earns
 * {@link #EARNED_NANOS} back; whoever has spent it all is sent away. So one stint of 25 ms is enough, 13 of 2 ms are, and one of 10 ms in
 * a thousand calls never is. {@value #PARKS} in a row that waited are sent away too, for they gain nothing.
 *
 * <p>A route comes back after {@value #FAST_CALLS} calls that were fast, or did not wait; each that was not counts as {@value #SETBACK}
 * fewer. Who is sent away again within {@value #PROBATION} calls needs twice as many the next time, {@value #MOST_FAST_CALLS} at most.
 */
public final class Pace {
  /** The longest stint that an event loop puts up with: 2 ms. */
  public static final long LIMIT_NANOS = 2_000_000;

  /** What a route may hold event loops up before it is sent away: 25 ms. */
  static final long BUDGET_NANOS = 25_000_000;

  /** What a call that did not hold it up earns back: 20 microseconds. */
  static final long EARNED_NANOS = 20_000;

  static final int FAST_CALLS = 64;
  static final int MOST_FAST_CALLS = 16_384;
  static final int SETBACK = 32;
  static final int PARKS = 32;
  static final int PROBATION = 4_096;

  /** What a stint has changed. */
  public enum Change {
    /** Nothing. */
    NONE,
    /** The route's calls begin on another thread from now on. */
    TO_HOP,
    /** They begin on the event loop again. */
    BACK
  }

  private enum Mode {
    INLINE, SLOW, PARKING, FIXED
  }

  private volatile Mode mode;
  /** Calls that count: while away for the way back, on the loop for the end of the probation. */
  private int fast;
  private int parks;
  private long spent;
  private int needed = FAST_CALLS;
  private boolean probation;

  private Pace(Mode mode) {
    this.mode = mode;
  }

  /** Of a route of which nothing is known yet: its calls begin on the event loop. */
  static Pace unknown() {
    return new Pace(Mode.INLINE);
  }

  /** Of a route whose calls never begin on the event loop. */
  static Pace hopping() {
    return new Pace(Mode.FIXED);
  }

  /** Whether the next call may begin on the event loop. */
  public boolean beginsOnLoop() {
    return mode == Mode.INLINE;
  }

  /** Whether telling of stints can change anything. */
  public boolean learns() {
    return mode != Mode.FIXED;
  }

  /**
   * Tells how a call began, wherever it did.
   *
   * @param nanos how long it ran before it first waited or ended
   * @param parked whether it waited, not ended
   */
  public Change stint(long nanos, boolean parked) {
    return switch (mode) {
      case INLINE -> onLoop(nanos, parked);
      case SLOW -> away(nanos <= LIMIT_NANOS);
      case PARKING -> away(nanos <= LIMIT_NANOS && !parked);
      case FIXED -> Change.NONE;
    };
  }

  /** Writes nothing in the usual case: all loops share this. */
  private Change onLoop(long nanos, boolean parked) {
    if (nanos > LIMIT_NANOS) {
      spent += nanos;
      if (spent >= BUDGET_NANOS) {
        return leave(Mode.SLOW);
      }
    } else if (spent != 0) {
      spent = Math.max(0, spent - EARNED_NANOS);
    }
    if (parked) {
      parks++;
      return parks >= PARKS ? leave(Mode.PARKING) : Change.NONE;
    }
    if (parks != 0) {
      parks = 0;
    }
    if (probation) {
      fast++;
      if (fast >= PROBATION) {
        probation = false;
        needed = FAST_CALLS;
      }
    }
    return Change.NONE;
  }

  private Change leave(Mode because) {
    needed = probation ? Math.min(needed * 2, MOST_FAST_CALLS) : FAST_CALLS;
    fast = 0;
    parks = 0;
    spent = 0;
    mode = because;
    return Change.TO_HOP;
  }

  private Change away(boolean counts) {
    fast = counts ? fast + 1 : Math.max(0, fast - SETBACK);
    if (fast < needed) {
      return Change.NONE;
    }
    fast = 0;
    parks = 0;
    probation = true;
    mode = Mode.INLINE;
    return Change.BACK;
  }
}
