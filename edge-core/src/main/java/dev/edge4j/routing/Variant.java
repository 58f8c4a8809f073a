package dev.edge4j.routing;

import java.util.List;
import java.util.stream.Stream;

/**
 * One plain sequence of segments without optional parts.
 *
 * @param names the name of each capture in order, {@link Segment#UNNAMED} for stars
 */
record Variant(List<Segment> segments, String[] names) {

  static Variant of(List<Segment> segments) {
    return new Variant(List.copyOf(segments), segments.stream().flatMap(Variant::name).toArray(String[]::new));
  }

  private static Stream<String> name(Segment segment) {
    return switch (segment) {
      case Segment.Single single -> Stream.of(single.name());
      case Segment.Regex regex -> Stream.of(regex.name());
      case Segment.Literal _,Segment.Prefix _,Segment.Rest _ -> Stream.empty();
    };
  }
}
