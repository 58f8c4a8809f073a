package dev.edge4j.render;

import dev.edge4j.Context;
import dev.edge4j.http.Body;
import dev.edge4j.http.Headers;
import dev.edge4j.http.Response;
import dev.edge4j.render.donut.Bodies;
import dev.edge4j.render.donut.Cut;
import dev.edge4j.render.donut.Cuts;
import dev.edge4j.render.donut.Filling;
import dev.edge4j.render.donut.Segment;
import dev.edge4j.render.donut.SegmentCodec;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.program.Deferral;
import dev.edge4j.render.program.Library;
import java.util.List;
import java.util.function.Supplier;

/**
 * A page that is the same for many visitors but for its {@linkplain Hole holes}: what is shared is rendered once, kept as a value in a
 * cache, and sent from where it lies; what is not is filled in for each visitor, all holes side by side. {@code views.segments} makes one.
 *
 * <p>A hole that is shared too has its HTML in a cache of its own, under another key and with another lifetime. A page with a hole that is not
 * shared is answered {@code Cache-Control: private, no-cache}, so that no cache on the way keeps it.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class SegmentedPage {
  /** What fills a hole is a line or two; the output grows if it is more. */
  private static final int SMALL = 256;

  private final SegmentCodec.Page page;
  private final Cuts cuts;
  private final Headers shared;
  private final Headers personal;
  private final Bodies bodies;

  private SegmentedPage(SegmentCodec.Page page, Library library) {
    this.page = page;
    this.cuts = new Cuts(page.version(), page.segments());
    this.shared = Headers.of("Content-Type", page.mediaType());
    this.personal = shared.with("Cache-Control", "private, no-cache");
    this.bodies = (section, value, nonce) -> {
      var out = new Output(SMALL);
      library.piece(page.template(), section, nonce).renderEither(value, out, Deferral.IN_PLACE);
      return out.toBytes();
    };
  }

  static SegmentedPage of(Library library, String mediaType, String template, Object model, Supplier<String> nonce) {
    var cut = new Cut(piece -> library.number(template, piece));
    var out = new Output();
    library.render(template, model, nonce, cut, out);
    return new SegmentedPage(new SegmentCodec.Page(template, library.version(template), mediaType, cut.segments(out
        .toBytes())), library);
  }

  static SegmentedPage decode(Library library, byte[] encoded) {
    SegmentCodec.Page page = SegmentCodec.decode(encoded);
    if (!library.names().contains(page.template()) || !library.version(page.template()).equals(page.version())) {
      throw new IllegalArgumentException("a page of another version of the template " + page.template());
    }
    return new SegmentedPage(page, library);
  }

  /**
   * The page for that visitor. Blocks until every hole is filled or given up. Throws {@link IllegalArgumentException} for a hole that nothing
   * is given for, and what went wrong with one that has no fallback; nothing has left by then.
   */
  public Response serve(Context c, Hole<?>... holes) throws Exception {
    return serve(c, 200, holes);
  }

  /** As {@link #serve(Context, Hole...)}, with a status. */
  public Response serve(Context c, int status, Hole<?>... holes) throws Exception {
    var filling = new Filling(c, bodies, cuts, holes);
    List<byte[]> gathered = c.timed("holes", filling::gather);
    return new Response(status, filling.isPrivate() ? personal : shared, new Body.Segments(gathered));
  }

  /** The names of its holes, in the order of the page, each once. */
  public List<String> holes() {
    return cuts.gaps().stream().map(Segment.Gap::hole).distinct().toList();
  }

  /** How many bytes are shared. */
  public int size() {
    int size = 0;
    for (Segment segment : page.segments()) {
      size += segment instanceof Segment.Ready(byte[] bytes) ? bytes.length : 0;
    }
    return size;
  }

  /** The page as bytes, for a cache outside of this process; {@code views.segmentedPage} reads them. */
  public byte[] encode() {
    return SegmentCodec.encode(page);
  }
}
