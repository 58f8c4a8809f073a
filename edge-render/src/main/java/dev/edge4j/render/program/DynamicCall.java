package dev.edge4j.render.program;

/** {@code {{>*name}}}, where templates are trusted: one of the compiled templates, or nothing. */
record DynamicCall(Ref ref, Library library, Library.Key without) implements Action {
  @Override
  public void run(Rendering rendering) {
    Object name = rendering.value(ref);
    if (name != null && library.has(name.toString())) {
      rendering.enter(ref.place, library.code(without.of(name.toString())));
    }
  }
}
