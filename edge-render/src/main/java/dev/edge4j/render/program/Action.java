package dev.edge4j.render.program;

/** What a tag does. Immutable but for inline caches, and shared by all renderings. */
interface Action {
  void run(Rendering rendering);
}
