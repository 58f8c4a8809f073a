package dev.edge4j;

/** Routes that share a prefix, a place or middleware. Made by {@link Routes#group}, {@link Routes#with} and {@link Routes#atOrigin}. */
public final class Group extends Routes {
  private final Routes parent;

  Group(Routes parent, String prefix, Place place) {
    super(prefix, place);
    this.parent = parent;
  }

  @Override
  App app() {
    return parent.app();
  }

  @Override
  Routes parent() {
    return parent;
  }
}
