package dev.edge4j.render.program;

import dev.edge4j.render.model.Site;
import dev.edge4j.render.template.Name;
import dev.edge4j.render.template.Place;

/** A name in a tag, with a cache for each of its parts. */
final class Ref {
  final Place place;
  final Name name;
  final Site[] sites;

  Ref(Place place, Name name) {
    this.place = place;
    this.name = name;
    this.sites = name.parts().stream().map(Site::new).toArray(Site[]::new);
  }
}
