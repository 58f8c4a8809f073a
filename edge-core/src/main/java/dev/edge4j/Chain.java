package dev.edge4j;

import dev.edge4j.http.Request;
import dev.edge4j.routing.Overlap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What applies to a route: the middleware in order of registration, and what ends it. Made once for each route; only where
 * the patterns cannot tell whether a middleware runs is it asked for each path. Safe for use by many threads.
 */
final class Chain {
  /** Chains of paths that are kept: paths come from outside, and may have any middleware that patterns allow. */
  private static final int KEPT = 64;

  private static final Handler.Marked UNMARKED = Handler.Marked.of(Context::empty);

  private final List<Step> steps;
  private final End end;
  private final @Nullable Address address;
  private final Routes group;
  private final boolean isCertain;
  private final int leadingGates;
  private final Handler.Marked marks;
  private final Pace pace;
  /** By which steps apply. */
  private final Map<BitSet, Chain> ofPaths;

  /**
   * @param end the handler, the mounted application, or what answers 404, 405 and OPTIONS
   * @param address what gives the end its parameters
   * @param group the group whose {@code onError} is the nearest
   */
  Chain(List<Step> steps, End end, @Nullable Address address, Routes group) {
    this(steps, end, address, group, marks(end).hop() ? Pace.hopping() : Pace.unknown());
  }

  private Chain(List<Step> steps, End end, @Nullable Address address, Routes group, Pace pace) {
    this.pace = pace;
    this.marks = marks(end);
    this.steps = List.copyOf(steps);
    this.end = end;
    this.address = address;
    this.group = group;
    this.isCertain = steps.stream().allMatch(Step::isCertain);
    this.ofPaths = isCertain ? Map.of() : new ConcurrentHashMap<>();
    int gates = 0;
    while (gates < steps.size() && steps.get(gates).middleware() instanceof Gate) {
      gates++;
    }
    this.leadingGates = gates;
  }

  /**
   * A middleware and what gives it its parameters.
   *
   * @param isCertain whether it runs on every path of the chain
   */
  record Step(Middleware middleware, Address address, boolean isCertain) {}

  /** A registered middleware, and the steps that it is in all chains: there are many more chains than middleware. */
  record Layer(Registration.Around around, Step always, Step sometimes) {
    static Layer of(Registration.Around around) {
      Address address = Address.of(around);
      return new Layer(around, new Step(around.middleware(), address, true), new Step(around.middleware(), address,
          false));
    }
  }

  /** What stands at the end of a chain. */
  sealed interface End {
    /** A handler answers. */
    record Handled(Handler handler) implements End {}

    /** A mounted application answers. */
    record Mounted(Registration.Mounted registration) implements End {}
  }

  /** The chain of a route, inside those of the middleware that may run on it. */
  static Chain of(Registration.End route, List<Layer> before) {
    End end = switch (route) {
      case Registration.Handled(_, _, _, Handler handler) -> new End.Handled(handler);
      case Registration.Mounted mounted -> new End.Mounted(mounted);
    };
    return new Chain(steps(route, before), end, Address.of(route), route.group());
  }

  /** The middleware that may run on a registration's paths. */
  static List<Step> steps(Registration registration, List<Layer> around) {
    List<Step> steps = new ArrayList<>();
    for (Layer each : around) {
      Overlap overlap = each.around().on(registration);
      if (overlap != Overlap.NEVER) {
        steps.add(overlap == Overlap.ALWAYS ? each.always() : each.sometimes());
      }
    }
    return steps;
  }

  /** This chain as it is for that path: most paths have one of a few. */
  Chain on(String path) {
    if (isCertain) {
      return this;
    }
    var applying = new BitSet(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      applying.set(i, step.isCertain() || step.address().pattern().matches(path));
    }
    Chain known = ofPaths.get(applying);
    return known != null ? known : of(applying);
  }

  private Chain of(BitSet applying) {
    List<Step> certain = applying.stream()
        .mapToObj(steps::get)
        .map(step -> new Step(step.middleware(), step.address(), true))
        .toList();
    var chain = new Chain(certain, end, address, group, pace);
    if (ofPaths.size() < KEPT) {
      ofPaths.put(applying, chain);
    }
    return chain;
  }

  /** This chain without the middleware that some paths do not have. */
  Chain certain() {
    return new Chain(steps.stream().filter(Step::isCertain).toList(), end, address, group, pace);
  }

  /** The same middleware around another handler, which has no parameters. */
  Chain to(Handler handler) {
    return new Chain(steps, new End.Handled(handler), null, group, pace);
  }

  List<Step> steps() {
    return steps;
  }

  End end() {
    return end;
  }

  @Nullable
  Address address() {
    return address;
  }

  Routes group() {
    return group;
  }

  /** Number of gates at the head, which run on the event loop. */
  int leadingGates() {
    return leadingGates;
  }

  /** The handler, if the chain may run whole on the event loop. */
  Optional<Handler> inline() {
    return leadingGates == steps.size() && marks.inline()
        ? Optional.of(marks)
        : Optional.empty();
  }

  /** The chain that will answer: this one, or that of the application at its end if it is the same for every request. */
  Chain answering(Request request) {
    if (!(end instanceof End.Mounted(Registration.Mounted mount)) || mount.fixed().isEmpty()) {
      return this;
    }
    Request theirs = mount.below(request);
    return mount.fixed().get().dispatch().chain(theirs).answering(theirs);
  }

  /** What its handler was marked with; nothing if another application answers. */
  Handler.Marked marks() {
    return marks;
  }

  private static Handler.Marked marks(End end) {
    return end instanceof End.Handled(Handler handler) ? Handler.Marked.of(handler) : UNMARKED;
  }

  /** How the calls of the route have begun; what {@link #on} makes of it for a path has the same. */
  Pace pace() {
    return pace;
  }
}
