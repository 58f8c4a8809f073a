package dev.edge4j.middleware.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.App;
import dev.edge4j.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Flags and experiments give each visitor one answer, in the shares that were asked for. */
class VisitorsKeepTheirVariantTest {
  private static final int VISITORS = 20_000;

  private final Experiment checkout = Experiment.of("checkout").variant("old", 7).variant("new", 2).variant("bold", 1);

  /** Five standard deviations of the binomial distribution. */
  private static void assertShare(double share, long seen, long of) {
    assertEquals(of * share, (double) seen, 5 * Math.sqrt(of * share * (1 - share)));
  }

  private static IntStream visitors() {
    return IntStream.range(0, VISITORS);
  }

  @Test
  void theWeightsAreMet() {
    assertShare(0.7, visitors().filter(i -> checkout.assigned("u" + i).equals("old")).count(), VISITORS);
    assertShare(0.2, visitors().filter(i -> checkout.assigned("u" + i).equals("new")).count(), VISITORS);
    assertShare(0.1, visitors().filter(i -> checkout.assigned("u" + i).equals("bold")).count(), VISITORS);
  }

  @Test
  void experimentsAndFlagsAreIndependent() {
    Experiment other = Experiment.of("search").variant("old", 7).variant("new", 3);
    Flags flags = Flags.create().share("dark", 0.3);
    int[] inNew = visitors().filter(i -> other.assigned("u" + i).equals("new")).toArray();
    assertShare(0.7, IntStream.of(inNew).filter(i -> checkout.assigned("u" + i).equals("old")).count(), inNew.length);
    assertShare(0.3, IntStream.of(inNew).filter(i -> flags.isOn("dark", "u" + i)).count(), inNew.length);
  }

  @Test
  void aVariantCountsOnceItIsRead() {
    List<String> told = new ArrayList<>();
    Experiment told1 = checkout.by(c -> c.header("X-User").orElse(""))
        .onExposure((name, variant, who) -> told.add(name
            + " " + variant + " " + who));
    var app = new App();
    app.get("/key", c -> c.text(told1.cacheKey(c)));
    app.get("/shown", c -> c.text(told1.variant(c) + " " + told1.variant(c)));
    String expected = checkout.assigned("ann");
    assertEquals("checkout=" + expected, app.request(Request.get("/key").withHeader("X-User", "ann")).text());
    assertEquals(List.of(), told);
    Request shown = Request.get("/shown").withHeader("X-User", "ann");
    assertEquals(expected + " " + expected, app.request(shown.withHeader("Sec-Purpose", "prefetch;prerender")).text());
    assertEquals(List.of(), told, "nobody has seen it yet");
    for (int i = 1; i <= 2; i++) {
      assertEquals(expected + " " + expected, app.request(Request.get("/shown").withHeader("X-User", "ann")).text());
      assertEquals(i, told.size(), "once for each request");
    }
    assertEquals("checkout " + expected + " ann", told.getFirst());
  }

  @Property(tries = 300)
  void growingAShareSwitchesNobodyOff(@ForAll String visitor, @ForAll @DoubleRange(max = 1) double a,
      @ForAll @DoubleRange(max = 1) double b) {
    Flags flags = Flags.create().share("x", Math.min(a, b));
    boolean before = flags.isOn("x", visitor);
    flags.share("x", Math.max(a, b));
    assertTrue(!before || flags.isOn("x", visitor));
    assertTrue(flags.on("x").isOn("x", visitor));
    assertFalse(flags.off("x").isOn("x", visitor));
    assertTrue(flags.override("x", visitor, true).isOn("x", visitor));
    assertFalse(flags.clearOverride("x", visitor).isOn("x", visitor));
    assertFalse(flags.on("x").override("x", visitor, false).isOn("x", visitor));
    assertFalse(flags.isOn("unknown", visitor));
  }

  @Test
  void changesFromManyThreadsAreAllKept() throws Exception {
    Flags flags = Flags.create();
    List<Thread> threads = IntStream.range(0, 64)
        .mapToObj(i -> Thread.ofVirtual()
            .start(() -> flags.override("x", "u"
                + i, true)))
        .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(IntStream.range(0, 64).allMatch(i -> flags.isOn("x", "u" + i)));
    assertFalse(flags.isOn("x", "u64"));
  }

  @Test
  void nonsenseIsRefused() {
    for (Runnable nonsense : List.<Runnable>of(() -> Experiment.of(" "), () -> checkout.variant("old", 1),
        () -> checkout.variant("x", 0), () -> Flags.create().share("x", 1.1),
        () -> Flags.create().share("x", Double.NaN))) {
      var refused = assertThrows(IllegalArgumentException.class, nonsense::run);
      assertTrue(String.valueOf(refused.getMessage()).contains("(expected: "), refused.getMessage());
    }
    assertThrows(IllegalStateException.class, () -> Experiment.of("empty").assigned("ann"));
  }
}
