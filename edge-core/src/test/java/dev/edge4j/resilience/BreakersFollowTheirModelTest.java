package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever calls come and end, in whatever order: the breaker does what a list of all that happened says it should. */
class BreakersFollowTheirModelTest {
  private static final long MILLI = 1_000_000;
  private static final BreakerOptions OPTIONS = BreakerOptions.defaults()
      .withWindow(Duration.ofMillis(100), 4)
      .withFailureRate(0.5)
      .withSlowCalls(Duration.ofMillis(20), 0.75)
      .withOpen(Duration.ofMillis(50), Duration.ofMillis(150))
      .withProbes(2);

  /** What happens next: so many milliseconds pass, then a call begins, or the one that began so many calls ago ends. */
  record Step(int millis, int what, int which) {}

  /** One call that the model let through. */
  private record Call(int epoch, long began) {}

  private record End(long at, boolean failed, boolean slow) {}

  /** The breaker as a list. */
  private static final class Model {
    private final List<End> ends = new ArrayList<>();
    private CircuitBreaker.Position position = CircuitBreaker.Position.CLOSED;
    /** Grows with each position, and each round of probes: what began under another counts no more. */
    private int epoch;
    private long since;
    private long length;
    private int begun;
    private int succeeded;

    Model(long now) {
      since = now;
    }

    Optional<Call> begin(long now) {
      if (position == CircuitBreaker.Position.OPEN && now - since >= length) {
        halfOpen(now);
      } else if (position == CircuitBreaker.Position.HALF_OPEN && begun == OPTIONS.probes() && now - since >= length) {
        halfOpen(now);
      }
      boolean let = switch (position) {
        case CLOSED -> true;
        case OPEN -> false;
        case HALF_OPEN -> begun < OPTIONS.probes();
      };
      if (let) {
        begun++;
      }
      return let ? Optional.of(new Call(epoch, now)) : Optional.empty();
    }

    private void halfOpen(long now) {
      position = CircuitBreaker.Position.HALF_OPEN;
      epoch++;
      since = now;
      begun = 0;
      succeeded = 0;
    }

    void end(Call call, boolean failed, long now) {
      if (call.epoch != epoch) {
        return;
      }
      boolean slow = now - call.began >= OPTIONS.slowCall().toNanos();
      if (position == CircuitBreaker.Position.HALF_OPEN) {
        if (failed || slow) {
          open(Math.min(length * 2, OPTIONS.longestOpen().toNanos()), now);
        } else if (++succeeded == OPTIONS.probes()) {
          position = CircuitBreaker.Position.CLOSED;
          epoch++;
          since = now;
          ends.clear();
        }
        return;
      }
      ends.add(new End(now, failed, slow));
      List<End> seen = ends.stream().filter(each -> slice(now) - slice(each.at) < 10).toList();
      long failures = seen.stream().filter(End::failed).count();
      long slows = seen.stream().filter(End::slow).count();
      if (seen.size() >= OPTIONS.minCalls() && (failures * 2 >= seen.size() || slows * 4 >= seen.size() * 3L)) {
        open(OPTIONS.open().toNanos(), now);
      }
    }

    private void open(long newLength, long now) {
      position = CircuitBreaker.Position.OPEN;
      epoch++;
      since = now;
      length = newLength;
    }

    private long slice(long at) {
      return (at - since) / (OPTIONS.window().toNanos() / 10);
    }
  }

  @Property
  void itDoesWhatTheListSays(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 29) Integer> pauses,
      @ForAll @Size(min = 200, max = 200) List<@IntRange(max = 5) Integer> whats,
      @ForAll @Size(min = 200, max = 200) List<@IntRange(max = 3) Integer> whiches,
      @ForAll long start) {
    long[] now = {start};
    var positions = new ArrayList<CircuitBreaker.Position>();
    var breaker = CircuitBreaker.of("it", OPTIONS, () -> now[0], () -> 0.5, positions::add);
    var model = new Model(start);
    var passes = new ArrayList<CircuitBreaker.Pass>();
    var calls = new ArrayList<Call>();
    for (int i = 0; i < pauses.size(); i++) {
      var step = new Step(pauses.get(i) < 10 ? 0 : pauses.get(i), whats.get(i), whiches.get(i));
      now[0] += step.millis * MILLI;
      if (step.what < 3 || passes.isEmpty()) {
        Optional<Call> expected = model.begin(now[0]);
        Optional<CircuitBreaker.Pass> given = breaker.tryPass();
        assertEquals(expected.isPresent(), given.isPresent(), "leave at step " + i);
        expected.ifPresent(calls::add);
        given.ifPresent(passes::add);
      } else {
        int which = Math.max(0, passes.size() - 1 - step.which);
        boolean failed = step.what > 3;
        model.end(calls.remove(which), failed, now[0]);
        CircuitBreaker.Pass pass = passes.remove(which);
        if (failed) {
          pass.failed();
        } else {
          pass.succeeded();
        }
        pass.failed(); // is ignored
      }
      assertEquals(model.position, breaker.position(), "position at step " + i);
    }
    for (int i = 1; i < positions.size(); i++) {
      assertEquals(false, positions.get(i) == positions.get(i - 1), "a position was told twice");
    }
  }
}
