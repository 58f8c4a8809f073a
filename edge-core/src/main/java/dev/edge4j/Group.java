package dev.edge4j;

import dev.edge4j.routing.HostPattern;
import java.util.Optional;

/** Routes that share a prefix, a host, a place or middleware. Made by {@link Routes#group}, {@link Routes#with} and {@link Routes#atOrigin}. */
public final class Group extends Routes {
  private final Routes parent;

  Group(Routes parent, String prefix, Place place, Optional<HostPattern> host) {
    super(prefix, place, host);
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
