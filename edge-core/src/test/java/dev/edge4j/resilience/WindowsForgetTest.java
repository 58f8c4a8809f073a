package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A window knows what a list of everything knows of the last ten slices, whatever the clock. */
class WindowsForgetTest {
  private record Counted(long at, int kind) {}

  @Property
  void itSumsTheLastSlices(@ForAll @Size(max = 300) List<@IntRange(max = 60) Integer> pauses, @ForAll long start) {
    var window = new SlidingWindow(2, Duration.ofNanos(100), start);
    List<Counted> all = new ArrayList<>();
    long elapsed = 0;
    for (int pause : pauses) {
      elapsed += pause > 50 ? pause * 3 : pause / 10;
      int kind = pause % 2;
      window.count(kind, start + elapsed);
      all.add(new Counted(elapsed, kind));
      for (int each = 0; each < 2; each++) {
        int which = each;
        long newest = elapsed / 10;
        long expected = all.stream().filter(c -> c.kind == which && newest - c.at / 10 < 10).count();
        assertEquals(expected, window.sum(each, start + elapsed));
      }
    }
  }
}
