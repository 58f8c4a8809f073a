/** Server-side rendering with Mustache templates. */
module dev.edge4j.render {
  requires static transitive org.jspecify;
  requires transitive dev.edge4j.core;
  requires org.slf4j;

  exports dev.edge4j.render;
  exports dev.edge4j.render.esi;
  exports dev.edge4j.render.head;
  exports dev.edge4j.render.site;
  exports dev.edge4j.render.asset;
  exports dev.edge4j.render.dev;
  exports dev.edge4j.render.export;
  exports dev.edge4j.render.market;
}
