package dev.edge4j.examples.pages;

import java.util.function.Supplier;

/** What takes turns: the list by each engine, and the list with a visitor's part in it, rendered whole and of kept segments. */
public enum Subject {
  EDGE4J(Engine.EDGE4J), MUSTACHE_JAVA(Engine.MUSTACHE_JAVA), JMUSTACHE(Engine.JMUSTACHE), JSTACHIO(Engine.JSTACHIO),
  JTE(Engine.JTE), ROCKER(Engine.ROCKER), WHOLE(new Donut()::whole), KEPT(new Donut()::kept);

  private final Supplier<Object> page;

  Subject(Engine engine) {
    ListPage model = ListPage.sample();
    page = () -> engine.render(model);
  }

  Subject(Supplier<Object> page) {
    this.page = page;
  }

  /** Makes the page once. */
  Object page() {
    return page.get();
  }
}
