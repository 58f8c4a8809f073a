package dev.edge4j.render.donut;

import dev.edge4j.Context;
import dev.edge4j.middleware.SecureHeaders;
import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The holes of one page being filled for one visitor, each value once. What is there is taken; of the others that nothing limits but the request
 * one is worked out on the thread of the request, and the rest beside it: a page with one hole costs no thread. Confined to the request.
 */
public final class Filling {
  private static final int NONE = -1;

  private final Context c;
  private final Cuts page;
  private final Bodies bodies;
  private final Supplier<String> nonce;
  /** By the numbers of the page's gaps: a hole that is shared has its HTML in each, all have their value in the first of that name. */
  private final Hole<?>[] holes;
  private final @Nullable Once[] made;
  private final @Nullable Late<?>[] begun;
  private final @Nullable Optional<?>[] values;
  private int here = NONE;
  private boolean personal;

  /** Begins to fill the gaps. {@link IllegalArgumentException} for one that nothing is given for. */
  public Filling(Context c, Bodies bodies, Cuts page, Hole<?>... given) {
    this.c = c;
    this.bodies = bodies;
    this.page = page;
    this.nonce = () -> SecureHeaders.nonce(c);
    this.holes = new Hole<?>[page.gaps().size()];
    this.made = new Once[holes.length];
    this.begun = new Late<?>[holes.length];
    this.values = new Optional<?>[holes.length];
    refuseTwice(given);
    for (int i = 0; i < holes.length; i++) {
      holes[i] = find(page.gaps().get(i).hole(), given);
    }
    for (int i = 0; i < holes.length; i++) {
      begin(i);
    }
  }

  private static void refuseTwice(Hole<?>... given) {
    for (int i = 0; i < given.length; i++) {
      for (int k = 0; k < i; k++) {
        if (given[i].name().equals(given[k].name())) {
          throw new IllegalArgumentException("the hole \"" + given[i].name() + "\" is filled twice");
        }
      }
    }
  }

  private static Hole<?> find(String name, Hole<?>... given) {
    for (Hole<?> hole : given) {
      if (hole.name().equals(name) && hole.isFilled()) {
        return hole;
      }
    }
    throw new IllegalArgumentException("nothing fills the hole \"" + name + "\" (expected: Hole.of(\"" + name
        + "\", ...))");
  }

  private void begin(int gap) {
    Hole<?> hole = holes[gap];
    Optional<Hole.Shared> sharing = hole.shared();
    personal |= sharing.isEmpty();
    if (sharing.isEmpty() && (page.first(gap) != gap || hole.isReady())) {
      return;
    }
    if (here == NONE && hole.runsInPlace()) {
      here = gap; // when all others have begun
    } else if (sharing.isPresent()) {
      Callable<Object> value = once(gap).forSection();
      begun[gap] = hole.patient(Late.<byte[]>of(c, () -> fragment(gap, sharing.get(), value)));
    } else {
      begun[gap] = hole.begin(c);
    }
  }

  private Once once(int gap) {
    int first = page.first(gap);
    Once known = made[first];
    if (known == null) {
      known = new Once(holes[first]);
      made[first] = known;
    }
    return known;
  }

  /** By its key for the application, and by ours for the section that prints it. */
  private byte[] fragment(int gap, Hole.Shared sharing, Callable<Object> value) throws Exception {
    int section = page.gaps().get(gap).section();
    String key = sharing.key() + "#" + page.version() + "." + section;
    return sharing.cache()
        .get(key, sharing.freshFor(), sharing.tags(), () -> bodies.render(section, value.call(), Filling::noNonce));
  }

  private static String noNonce() {
    throw new IllegalStateException(
        "{{edge.nonce}} in a hole that visitors share (expected: in one that is not shared)");
  }

  /** True if a gap is filled with what is for one visitor alone. */
  public boolean isPrivate() {
    return personal;
  }

  /** The page: its own bytes, and others between them. Waits for what fills the gaps; throws what goes wrong with one that has no fallback. */
  public List<byte[]> gather() throws Exception {
    try {
      var gathered = new byte[page.size()][];
      if (here != NONE && holes[here].shared().isEmpty()) {
        values[here] = holes[here].await();
      }
      for (int i = 0; i < gathered.length; i++) {
        int gap = page.gapAt(i);
        gathered[i] = gap < 0 ? page.bytesAt(i) : filled(gap);
      }
      return Arrays.asList(gathered);
    } finally {
      for (Late<?> late : begun) {
        if (late != null) {
          late.cancel(); // one that is done does not mind
        }
      }
    }
  }

  private byte[] filled(int gap) throws Exception {
    int section = page.gaps().get(gap).section();
    Optional<Hole.Shared> sharing = holes[gap].shared();
    if (sharing.isEmpty()) {
      return bodies.render(section, value(page.first(gap)).orElse(null), nonce);
    }
    try {
      Late<?> late = begun[gap];
      return late == null ? fragment(gap, sharing.get(), once(gap).forSection()) : (byte[]) late.await().orElseThrow();
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      return bodies.render(section, holes[gap].instead(e).orElse(null), nonce);
    }
  }

  private Optional<?> value(int gap) throws Exception {
    Optional<?> known = values[gap];
    if (known == null) {
      Late<?> late = begun[gap];
      known = late == null ? holes[gap].await() : late.await();
      values[gap] = known;
    }
    return known;
  }
}
