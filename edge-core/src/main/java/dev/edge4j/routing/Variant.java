package dev.edge4j.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One plain sequence of segments without optional parts, and the steps along a path that it takes. Immutable.
 *
 * @param names the name of each capture in order, {@link Segment#UNNAMED} for stars
 */
record Variant(List<Segment> segments, List<String> names, List<Step> steps) {

  static Variant of(List<Segment> segments) {
    return new Variant(List.copyOf(segments), segments.stream().flatMap(Variant::names).toList(),
        new StepsOf(segments).steps());
  }

  private static Stream<String> names(Segment segment) {
    return switch (segment) {
      case Segment.Label label -> label.names().stream();
      case Segment.Regex regex -> Stream.of(regex.name());
      case Segment.Rest rest -> Stream.of(rest.name());
      case Segment.Literal _,Segment.Prefix _ -> Stream.empty();
    };
  }

  /** Whether it has one path and no other. */
  boolean isStatic() {
    return segments.stream().allMatch(Segment.Literal.class::isInstance);
  }

  boolean matches(String path) {
    return new Trial(path).from(0, 0, 0);
  }

  /** Where each capture begins and ends, two numbers each; empty if the path does not match. */
  Optional<int[]> capture(String path) {
    var trial = new Trial(path);
    return trial.from(0, 0, 0) ? Optional.of(trial.bounds) : Optional.empty();
  }

  /** One attempt at one path. Values that may hold slashes are tried longest first; where that failed before, it is not tried again. */
  private final class Trial {
    private final String path;
    private final int[] bounds = new int[2 * names.size()];
    private @Nullable Failures failures;

    Trial(String path) {
      this.path = path;
    }

    boolean from(int firstStep, int from, int firstCapture) {
      int at = from;
      int capture = firstCapture;
      for (int i = firstStep; i < steps.size(); i++) {
        switch (steps.get(i)) {
          case Step.Text text -> {
            if (!path.startsWith(text.text(), at)) {
              return false;
            }
            at += text.text().length();
          }
          case Step.Holes holes -> {
            int end = holes.end(path, at);
            if (end == Step.NONE) {
              return false;
            }
            holes.capture(path, at, end, bounds, capture);
            capture += 2 * holes.count();
            at = end;
          }
          case Step.Spanning spanning -> {
            return spans(spanning, i, at, capture);
          }
          case Step.End _ -> {
            return at == path.length();
          }
          case Step.Below _ -> {
            return (at == path.length() || path.charAt(at) == '/') && rest(at, capture);
          }
          case Step.Anything _ -> {
            return capture == bounds.length || rest(Step.segmentEnd(path, at), capture);
          }
        }
      }
      throw new AssertionError("the last step always decides");
    }

    private boolean spans(Step.Spanning spanning, int step, int from, int capture) {
      Failures known = failures == null ? new Failures() : failures;
      failures = known;
      for (int end = spanning.longest(path, from); end != Step.NONE; end = spanning.shorter(path, from, end)) {
        int state = step * (path.length() + 1) + end;
        if (!known.ends.get(state) && known.effort.allows(spanning.expression(), end - from)
            && spanning.fits(path, from, end)) {
          if (from(step + 1, end, capture + 2)) {
            bounds[capture] = from;
            bounds[capture + 1] = end - spanning.after().length();
            return true;
          }
          known.ends.set(state);
        }
      }
      return false;
    }

    /** What stands behind the slash at that position, if there is one. */
    private boolean rest(int slash, int capture) {
      bounds[capture] = Math.min(slash + 1, path.length());
      bounds[capture + 1] = path.length();
      return true;
    }
  }

  /** Where the rest of the pattern was tried in vain, by step and end. */
  private static final class Failures {
    private final BitSet ends = new BitSet();
    private final Effort effort = new Effort();
  }

  /** Puts literal text together, over the borders of segments. */
  private static final class StepsOf {
    private final List<Step> steps = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    StepsOf(List<Segment> segments) {
      for (int i = 0; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        if (i > 0 && !(segment instanceof Segment.Rest)) {
          text.append('/');
        }
        add(segment, i == 0);
      }
      if (steps.isEmpty() || !isEnd(steps.getLast())) {
        move(new Step.End());
      }
    }

    private static boolean isEnd(Step step) {
      return step instanceof Step.Below || step instanceof Step.Anything;
    }

    private void add(Segment segment, boolean isFirst) {
      switch (segment) {
        case Segment.Literal literal -> text.append(literal.text());
        case Segment.Label label -> {
          text.append(label.before());
          move(label.holes());
        }
        case Segment.Regex regex -> {
          text.append(regex.before());
          move(regex.value());
        }
        case Segment.Prefix prefix -> {
          text.append(prefix.text());
          move(new Step.Anything());
        }
        case Segment.Rest _ -> move(isFirst ? new Step.Anything() : new Step.Below());
      }
    }

    private void move(Step step) {
      if (!text.isEmpty()) {
        steps.add(new Step.Text(text.toString()));
        text.setLength(0);
      }
      steps.add(step);
    }

    List<Step> steps() {
      return List.copyOf(steps);
    }
  }
}
