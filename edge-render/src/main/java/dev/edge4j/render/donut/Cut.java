package dev.edge4j.render.donut;

import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import dev.edge4j.render.program.Deferral;
import dev.edge4j.render.program.Piece;
import dev.edge4j.render.program.Rendering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Cuts a page at its holes while it is rendered. What is late is waited for: a page to be kept has to be whole. Confined to one rendering. */
public final class Cut implements Deferral {
  private record At(int position, Segment.Gap gap) {}

  private final ToIntFunction<Piece> numbers;
  private final List<At> cuts = new ArrayList<>();

  /** Tells sections by these numbers. */
  public Cut(ToIntFunction<Piece> numbers) {
    this.numbers = numbers;
  }

  @Override
  public void late(Late<?> value, Piece piece, Rendering rendering) throws Exception {
    IN_PLACE.late(value, piece, rendering);
  }

  @Override
  public void hole(Hole<?> value, Piece piece, Rendering rendering) {
    cuts.add(new At(rendering.output().length(), new Segment.Gap(value.name(), numbers.applyAsInt(piece))));
  }

  /** The page that was rendered with this. */
  public List<Segment> segments(byte[] page) {
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    for (At cut : cuts) {
      ready(page, from, cut.position, segments);
      segments.add(cut.gap);
      from = cut.position;
    }
    ready(page, from, page.length, segments);
    return segments;
  }

  private static void ready(byte[] page, int from, int to, List<Segment> segments) {
    if (to > from) {
      segments.add(new Segment.Ready(Arrays.copyOfRange(page, from, to)));
    }
  }
}
