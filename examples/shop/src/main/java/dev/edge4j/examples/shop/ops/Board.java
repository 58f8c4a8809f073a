package dev.edge4j.examples.shop.ops;

import dev.edge4j.Geo;
import dev.edge4j.examples.shop.chaos.Chaos;
import dev.edge4j.examples.shop.ops.Panels.Bow;
import dev.edge4j.examples.shop.ops.Panels.Figure;
import dev.edge4j.examples.shop.ops.Panels.Line;
import dev.edge4j.examples.shop.ops.Panels.Place;
import dev.edge4j.examples.shop.ops.Panels.Switch;
import dev.edge4j.examples.shop.web.Scheme;
import dev.edge4j.render.LiveFragment;
import dev.edge4j.state.NamespaceStats;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Turns what the sources say now into the models of the panels. Safe for use by many threads. */
final class Board {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final double SECONDS = 60;

  private final Sources sources;

  Board(Sources sources) {
    this.sources = sources;
  }

  /** The page, whole, in those colours. */
  Panels.Page page(Scheme scheme) {
    LastMinute last = sources.monitor().view();
    return new Panels.Page("The edge, live", sources.title(), scheme, LiveFragment.script(), figures(last), layers(
        last), caches(last),
        lines(), objects(), split(last), map(), switches(), crowd(), events());
  }

  private Panels.Figures figures(LastMinute last) {
    LastMinute.Layer total = last.total();
    long hits = last.of("memory") + last.of("kv");
    long all = last.steps().values().stream().mapToLong(Long::longValue).sum();
    return new Panels.Figures(List.of(new Figure("requests a second", perSecond(total.count()), total.count()
        + " in the last minute"), new Figure("p50", Drawing.millis(total.p50()), "half are no slower"), new Figure(
            "p95", Drawing.millis(total.p95()), "of the whole request"), new Figure("p99", Drawing.millis(total.p99()),
                "one of a hundred is slower"), new Figure("from a cache", Drawing.percent(all == 0 ? 0
                    : (double) hits / all), hits + " of " + all), new Figure("replica lag", Drawing.seconds(sources
                        .monitor()
                        .lag()), "behind the origin"), new Figure("failed", String.valueOf(last.failed()),
                            "answers of 500 and more")));
  }

  private static Panels.Layers layers(LastMinute last) {
    List<Panels.LayerRow> rows = new ArrayList<>();
    rows.add(Panels.LayerRow.of(last.total()));
    last.layers().forEach(layer -> rows.add(Panels.LayerRow.of(layer)));
    return new Panels.Layers(last.total().count() > 0, rows);
  }

  private static Panels.Caches caches(LastMinute last) {
    return new Panels.Caches(last.ratios().stream().map(Panels.RatioRow::of).toList(), last.of("origin"), last.stale());
  }

  private Panels.Lines lines() {
    List<Monitor.Sample> samples = sources.monitor().samples();
    String requests = samples.isEmpty() ? "0" : String.valueOf(samples.getLast().requests());
    return new Panels.Lines(List.of(line("Requests in a second", requests, samples, sample -> (double) sample
        .requests()), line("p95 of the last minute", samples.isEmpty() ? "" : Drawing.millis(samples.getLast().p95()),
            samples, sample -> sample.p95().toNanos() / 1e6), line("Replica lag", Drawing.seconds(sources.monitor()
                .lag()), samples, sample -> bounded(sample.lag()))));
  }

  private static Line line(String title, String value, List<Monitor.Sample> samples,
      Function<Monitor.Sample, Double> of) {
    String path = Drawing.line(samples.stream().map(of).toList());
    return new Line(title, value, path, Drawing.area(path));
  }

  private Panels.Objects objects() {
    return new Panels.Objects(sources.objects().get().stream().map(Board::row).toList());
  }

  private static Panels.ObjectRow row(NamespaceStats stats) {
    return new Panels.ObjectRow(stats.namespace(), stats.awake(), stats.turns(), stats.waiting());
  }

  private Panels.Split split(LastMinute last) {
    long stable = last.versions().getOrDefault("stable", 0L);
    long next = last.versions().getOrDefault("next", 0L);
    long width = Math.round(Drawing.WIDTH * (double) next / Math.max(1, stable + next));
    return new Panels.Split(sources.experiment().percent(), stable, next, width, sources.experiment()
        .breakage()
        .isOn());
  }

  private Panels.Switches switches() {
    return new Panels.Switches(sources.chaos().layers().stream().map(this::switchOf).toList());
  }

  private Switch switchOf(Chaos.Layer layer) {
    boolean cut = sources.chaos().isCut(layer);
    boolean slow = sources.chaos().delay(layer).isPositive();
    return switch (layer) {
      case CACHE -> new Switch("cache", "Key-value cache", "behind the memory, shared by restarts", cut, slow);
      case REPLICA -> new Switch("replica", "Edge copy", "the catalogue near the visitors", cut, slow);
      case ORIGIN -> new Switch("origin", "Origin", "decides prices, stock, orders, accounts", cut, slow);
    };
  }

  private Panels.Shoppers crowd() {
    Crowd.Status status = sources.crowd().status();
    return new Panels.Shoppers(status.running(), sources.self().get().isPresent(), status.asked(), status
        .failed(), Crowd.MOST, Dashboard.STAY.toSeconds());
  }

  private Panels.Events events() {
    List<Panels.EventRow> rows = sources.monitor()
        .events()
        .stream()
        .limit(12)
        .map(event -> new Panels.EventRow(TIME.format(event.at()), event.text()))
        .toList();
    return new Panels.Events(!rows.isEmpty(), rows);
  }

  private Panels.WorldMap map() {
    List<Spot> spots = sources.spots().get();
    List<Place> places = spots.stream().map(Board::place).toList();
    List<Bow> bows = new ArrayList<>();
    spots.stream()
        .filter(Spot::origin)
        .findFirst()
        .map(Spot::position)
        .ifPresent(origin -> spots.stream()
            .filter(spot -> !spot.origin())
            .forEach(spot -> bows.add(new Bow(Drawing.bow(spot.position(), origin), !spot.reached()))));
    return new Panels.WorldMap(!places.isEmpty(), places, bows);
  }

  private static Place place(Spot spot) {
    Geo.Position at = spot.position();
    long radius = Math.round(6 + Math.min(14, Math.sqrt(spot.perSecond())));
    String figures = spot.origin() ? "origin"
        : String.format(Locale.ROOT, "%.1f/s, p95 %s, lag %s", spot.perSecond(),
            Drawing.millis(spot.p95()), Drawing.seconds(spot.lag()));
    Optional<String> way = Optional.of(spot.way())
        .filter(Duration::isPositive)
        .map(each -> Drawing.millis(each) + " one way, simulated");
    Optional<String> trouble = spot.reached() ? Optional.empty()
        : Optional.of(spot.origin() ? "taken away" : "origin out of reach");
    long textX = Math.clamp(Drawing.x(at), 110, Drawing.WIDTH - 110);
    return new Place(spot.title(), spot.url(), Drawing.x(at), Drawing.y(at), radius, spot.origin(), spot.here(), !spot
        .reached(), textX, Drawing.y(at) + radius + 16, figures, way, trouble, Optional.of(Drawing.line(spot.lags()
            .stream()
            .map(Board::bounded)
            .toList()))
            .filter(line -> !line.isEmpty()));
  }

  /** Seconds, a day at most: a copy that has never been filled is no reason to draw all else flat. */
  private static double bounded(Duration lag) {
    return Math.min(86_400_000, lag.toMillis()) / 1e3;
  }

  private static String perSecond(long count) {
    return String.format(Locale.ROOT, "%.1f", count / SECONDS);
  }
}
