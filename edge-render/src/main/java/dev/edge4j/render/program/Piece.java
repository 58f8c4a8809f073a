package dev.edge4j.render.program;

import dev.edge4j.render.output.Output;
import dev.edge4j.render.template.Place;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A section that can be rendered later, with another value, on another thread: it has kept the values around it. Immutable, if
 * the model is.
 */
public final class Piece {
  private final Section section;
  private final @Nullable Object[] frames;
  private final Library library;
  private final Supplier<String> nonce;

  Piece(Section section, @Nullable Object[] frames, Library library, Supplier<String> nonce) {
    this.section = section;
    this.frames = frames;
    this.library = library;
    this.nonce = nonce;
  }

  /** The name in the section's tag. */
  public String name() {
    return section.ref().name.text();
  }

  /** Where the section's tag stands. */
  public Place place() {
    return section.ref().place;
  }

  /** A number of its own among all sections of these templates, and the same each time they are compiled. */
  public int ordinal() {
    return section.ordinal();
  }

  /** Whether an element of any name may stand in place of the section. */
  public boolean takesElements() {
    return section.state().takesElements();
  }

  /** Whether something stands in the inverted section right behind. */
  public boolean hasOtherwise() {
    return !section.otherwise().isEmpty();
  }

  /** The piece without the values around it: it sees its own alone. */
  public Piece alone() {
    return new Piece(section, new Object[0], library, nonce);
  }

  /** What the section prints for a value: its body for each element, nothing if it is false. */
  public void render(@Nullable Object value, Output out, Deferral deferral) {
    begin(out, deferral).body(section, value);
  }

  /** What both sections print for a value, with the white space between them: the inverted one right behind if it is false. */
  public void renderEither(@Nullable Object value, Output out, Deferral deferral) {
    Rendering rendering = begin(out, deferral);
    if (rendering.body(section, value)) {
      section.between().run(rendering);
    } else {
      rendering.push(null); // for {{.}}, where nothing is around
      section.otherwise().run(rendering);
    }
  }

  /** What the inverted section right behind prints. */
  public void renderOtherwise(Output out, Deferral deferral) {
    section.otherwise().run(begin(out, deferral));
  }

  private Rendering begin(Output out, Deferral deferral) {
    var rendering = new Rendering(library, out);
    rendering.begin(deferral, nonce);
    for (Object frame : frames) {
      rendering.push(frame);
    }
    return rendering;
  }
}
