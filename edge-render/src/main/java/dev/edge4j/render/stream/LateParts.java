package dev.edge4j.render.stream;

import dev.edge4j.render.Hole;
import dev.edge4j.render.Late;
import dev.edge4j.render.output.Output;
import dev.edge4j.render.program.Deferral;
import dev.edge4j.render.program.Piece;
import dev.edge4j.render.program.Rendering;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of one page that were not there when the rest was rendered. Confined to the request: first to the thread that renders the page,
 * then to the one that writes it; {@link #cancel} alone may be called by any.
 */
public final class LateParts implements Deferral {
  private static final Logger LOG = LoggerFactory.getLogger(LateParts.class);

  /** More of them are waited for in place: each holds a thread and is a range that the browser keeps. */
  private static final int MOST = 256;

  /** In a skeleton nothing has a place of its own: it will be gone. */
  private static final Deferral IN_SKELETON = new Deferral() {
    @Override
    public void late(Late<?> value, Piece piece, Rendering rendering) throws Exception {
      if (value.isSettled()) {
        piece.render(settled(value, piece), rendering.output(), this);
      } else {
        piece.renderOtherwise(rendering.output(), this);
      }
    }

    @Override
    public void hole(Hole<?> value, Piece piece, Rendering rendering) throws Exception {
      IN_PLACE.hole(value, piece, rendering);
    }
  };

  private record Pending(String name, Late<?> late, Piece piece) {}

  /** Those that no patch was sent for, in the order of the page. */
  private final Set<Pending> open = new LinkedHashSet<>();
  private final BlockingQueue<Pending> done = new LinkedBlockingQueue<>();
  private volatile List<Late<?>> all = List.of();
  private int named;
  /** Of what is being rendered: the page, then each patch. */
  private Nesting nesting = new Nesting(0);

  @Override
  public void late(Late<?> value, Piece piece, Rendering rendering) throws Exception {
    Output out = rendering.output();
    if (value.isSettled()) {
      piece.render(settled(value, piece), out, this);
    } else if (!piece.takesElements() || named == MOST || !nesting.isReached(out)) {
      piece.render(value.await().orElse(null), out, this);
    } else {
      var pending = new Pending("late-" + ++named, value, piece);
      open(pending);
      out.text("<?start name=\"" + pending.name + "\">");
      piece.renderOtherwise(out, IN_SKELETON);
      out.text("<?end name=\"" + pending.name + "\">");
    }
  }

  private void open(Pending pending) {
    open.add(pending);
    List<Late<?>> more = new ArrayList<>(all);
    more.add(pending.late);
    all = more;
    pending.late.whenDone(() -> done.add(pending));
  }

  @Override
  public void hole(Hole<?> value, Piece piece, Rendering rendering) throws Exception {
    IN_PLACE.hole(value, piece, rendering);
  }

  /** True if the whole page is there. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Interrupts all that is not done. */
  public void cancel() {
    all.forEach(Late::cancel);
  }

  /**
   * Writes each as a patch when it is there, or given up, and returns after the last. A part that fails is empty, and logged. Throws {@link
   * IOException} if the client has left; what is not done is interrupted then.
   */
  void writeTo(OutputStream out) throws IOException {
    try {
      while (!open.isEmpty()) {
        Pending next = next();
        open.remove(next);
        out.write(patch(next));
        if (done.isEmpty()) {
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var interrupted = new InterruptedIOException("interrupted before the late parts of a page were there");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      cancel();
    }
  }

  /** The next that is done; or one whose time is over, whichever comes first. */
  private Pending next() throws InterruptedException {
    while (true) {
      Pending first = open.stream().min(Comparator.comparing(pending -> pending.late.remaining())).orElseThrow();
      Duration patience = first.late.remaining();
      Pending ended = done.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (ended == null) {
        return first;
      }
      if (open.contains(ended)) { // it may have ended after it was given up
        return ended;
      }
    }
  }

  private byte[] patch(Pending pending) throws InterruptedException {
    var out = new Output();
    out.text("<template for=\"" + pending.name + "\">");
    int begin = out.length();
    nesting = new Nesting(begin);
    Set<Pending> before = new LinkedHashSet<>(open);
    try {
      pending.piece.render(settled(pending.late, pending.piece), out, this);
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      LOG.error("a late part of a page cannot be rendered and is left out: {{#{}}} at {}", pending.piece.name(),
          pending.piece.place(), e);
      out.truncate(begin);
      open.retainAll(before); // ranges within it are not there
    }
    out.text("</template>\n"); // the script takes a template with something behind it for complete
    return out.toBytes();
  }

  /** What has come of it, for a page that has left or is about to: what failed without a fallback is absent. */
  private static @Nullable Object settled(Late<?> late, Piece piece) throws InterruptedException {
    try {
      Optional<?> value = late.await();
      return value.orElse(null);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
      LOG.error("a late part of a page failed and is left out: {{#{}}} at {}", piece.name(), piece.place(), e);
      return null;
    }
  }
}
