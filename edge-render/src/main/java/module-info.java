/** Server-side rendering with Mustache templates. */
module dev.edge4j.render {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires com.github.mustachejava;
  requires org.slf4j;

  exports dev.edge4j.render;
}
