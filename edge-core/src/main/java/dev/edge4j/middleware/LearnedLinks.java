package dev.edge4j.middleware;

import dev.edge4j.http.WebLink;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The links of the latest two pages of one route, and those that both had. Immutable snapshots, swapped; safe for use by many threads. */
final class LearnedLinks {
  private record Page(String path, List<WebLink> links) {}

  private record State(Page before, Page latest, List<WebLink> stable) {}

  private static final Page NONE = new Page("", List.of());

  private final boolean hasParameters;
  private final AtomicReference<State> state = new AtomicReference<>(new State(NONE, NONE, List.of()));

  LearnedLinks(String route) {
    this.hasParameters = route.contains(":") || route.contains("*");
  }

  /** A page of the same path takes the place of the latest one, if paths differ at all: it says nothing of other pages. */
  void learn(String path, List<WebLink> links) {
    State old = state.get();
    var page = new Page(path, links);
    if (page.equals(old.latest) && (hasParameters || old.before.equals(page))) {
      return; // nothing new, the usual case
    }
    Page before = hasParameters && path.equals(old.latest.path) ? old.before : old.latest;
    List<WebLink> stable = links.stream().filter(before.links::contains).toList();
    state.compareAndSet(old, new State(before, page, stable)); // of two pages at a time one may be lost: the next one comes soon
  }

  List<WebLink> stable() {
    return state.get().stable;
  }
}
