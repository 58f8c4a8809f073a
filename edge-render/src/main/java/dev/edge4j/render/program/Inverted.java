package dev.edge4j.render.program;

/** {@code {{^name}}...{{/name}}}. */
record Inverted(Ref ref, Code body) implements Action {
  @Override
  public void run(Rendering rendering) {
    if (rendering.isFalse(ref, rendering.value(ref))) {
      body.run(rendering);
    }
  }
}
